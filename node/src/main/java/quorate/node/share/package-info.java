/**
 * Backups of single shares (product.md 2.3): the file (docs/formats/share-backup.md), what a node writes into one and
 * whom it gives it to, and by which rules it takes a share back.
 */
@NullMarked
package quorate.node.share;

import org.jspecify.annotations.NullMarked;
