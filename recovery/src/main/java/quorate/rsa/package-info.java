/** Sealing for somebody who holds an RSA key: which keys are good enough, where the private half is, and the
 * hybrid wrap of protocols.md 7.1. */
@NullMarked
package quorate.rsa;

import org.jspecify.annotations.NullMarked;
