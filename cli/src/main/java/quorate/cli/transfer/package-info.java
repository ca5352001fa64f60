/** Commands that move keys between installations, and their files. */
@NullMarked
package quorate.cli.transfer;

import org.jspecify.annotations.NullMarked;
