/** Commands for administrators of running nodes. */
@NullMarked
package quorate.cli.operate;

import org.jspecify.annotations.NullMarked;
