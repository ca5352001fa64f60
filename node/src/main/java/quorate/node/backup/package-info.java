/**
 * Database backups of one node: the file, its signed manifest, what verifies it offline and what restores
 * it. The format is described in docs/backup-format.md.
 */
@NullMarked
package quorate.node.backup;

import org.jspecify.annotations.NullMarked;
