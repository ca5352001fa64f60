/** What a node does with keys: generate, load, sign, list, delete. */
@NullMarked
package quorate.node.key;

import org.jspecify.annotations.NullMarked;
