/**
 * Who a node is: its long-lived keys, the files they live in, and the names that follow from them
 * (protocols.md 0.4, "Names").
 */
@NullMarked
package quorate.node.identity;

import org.jspecify.annotations.NullMarked;
