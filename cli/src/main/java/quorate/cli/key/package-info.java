/** Commands for keys and signatures. */
@NullMarked
package quorate.cli.key;

import org.jspecify.annotations.NullMarked;
