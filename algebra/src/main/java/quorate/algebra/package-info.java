/**
 * The mathematics under the protocols: three groups with constant-time arithmetic, secret types that
 * redact and wipe, polynomials, and the only hash functions that protocols may use.
 */
package quorate.algebra;
