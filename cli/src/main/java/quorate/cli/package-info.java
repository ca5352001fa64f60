/** The command line: one small class per command, on top of the SDK. */
@NullMarked
package quorate.cli;

import org.jspecify.annotations.NullMarked;
