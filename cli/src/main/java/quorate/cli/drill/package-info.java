/** Drills of backups: scratch nodes on loopback that are restored, sign with every key, and are gone afterwards. */
@NullMarked
package quorate.cli.drill;

import org.jspecify.annotations.NullMarked;
