/** How whatever fails inside a node becomes a problem report with a stable code. */
@NullMarked
package quorate.node.problem;

import org.jspecify.annotations.NullMarked;
