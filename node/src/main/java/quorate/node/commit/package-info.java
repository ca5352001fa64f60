/** The commit protocol of protocols.md 5.4 on this node: the pure machine, the database and the links together. */
@NullMarked
package quorate.node.commit;

import org.jspecify.annotations.NullMarked;
