/** What a node needs to export and import keys beside the sessions: its wrapping key, and its rules for who gets what. */
@NullMarked
package quorate.node.export;

import org.jspecify.annotations.NullMarked;
