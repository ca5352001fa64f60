/** What commands have in common: how they speak, ask, fail and say what to do next. */
@NullMarked
package quorate.cli.terminal;

import org.jspecify.annotations.NullMarked;
