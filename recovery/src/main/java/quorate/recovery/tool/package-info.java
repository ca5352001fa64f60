/** What is done with a recovery file offline, and the program that does it without the rest of Quorate. */
@NullMarked
package quorate.recovery.tool;

import org.jspecify.annotations.NullMarked;
