/** Commands for database backups, and the dance over all nodes that makes one. */
@NullMarked
package quorate.cli.backup;

import org.jspecify.annotations.NullMarked;
