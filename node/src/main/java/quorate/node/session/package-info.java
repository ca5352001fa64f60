/** The sessions that this node takes part in, and what arrives for them over the links. */
@NullMarked
package quorate.node.session;

import org.jspecify.annotations.NullMarked;
