/**
 * What becomes of a recovered key: its children, the formats of other software, and signatures of a bare Ed25519
 * scalar.
 */
@NullMarked
package quorate.recovery.key;

import org.jspecify.annotations.NullMarked;
