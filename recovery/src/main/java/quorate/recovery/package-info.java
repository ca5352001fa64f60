/**
 * Emergency recovery, protocols.md section 8: publicly verifiable encryption of the shares of a key under the RSA key
 * of whoever
 * may recover it.
 *
 * <pre>
 *   node i       Prover.prove     a Proof: 128 rows, one half of each opened by the challenge
 *   anybody      Verifier.verify  with public data: it decrypts to the discrete logarithm of X_i
 *   anybody      RecoveryFile     the proofs of all nodes, in one file
 *   key holder   Opening          any threshold of them, one RSA decryption each: the key
 * </pre>
 */
@NullMarked
package quorate.recovery;

import org.jspecify.annotations.NullMarked;
