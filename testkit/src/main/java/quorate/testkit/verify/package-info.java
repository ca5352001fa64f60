/** Verification of signatures by other people's code: the JDK and BouncyCastle, nothing of our algebra. */
@NullMarked
package quorate.testkit.verify;

import org.jspecify.annotations.NullMarked;
