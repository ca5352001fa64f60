/** Readers of the files in {@code vectors/} and the streams that they name. */
@NullMarked
package quorate.testkit.vectors;

import org.jspecify.annotations.NullMarked;
