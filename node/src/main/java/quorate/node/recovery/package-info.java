/** This node's part in emergency recovery: proofs for listed RSA keys, and the validation of what others made. */
@NullMarked
package quorate.node.recovery;

import org.jspecify.annotations.NullMarked;
