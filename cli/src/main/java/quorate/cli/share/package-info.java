/** {@code share}: backups of single shares. */
@NullMarked
package quorate.cli.share;

import org.jspecify.annotations.NullMarked;
