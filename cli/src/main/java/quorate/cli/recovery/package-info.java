/** Emergency recovery: created with all nodes, verified and opened without any. */
@NullMarked
package quorate.cli.recovery;

import org.jspecify.annotations.NullMarked;
