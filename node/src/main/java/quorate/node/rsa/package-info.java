/** Sealing for somebody who holds an RSA key: which keys are good enough, and the hybrid wrap of protocols.md 7.1. */
@NullMarked
package quorate.node.rsa;

import org.jspecify.annotations.NullMarked;
