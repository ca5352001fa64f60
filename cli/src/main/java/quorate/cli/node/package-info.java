/** Commands for one node, by its operator. */
@NullMarked
package quorate.cli.node;

import org.jspecify.annotations.NullMarked;
