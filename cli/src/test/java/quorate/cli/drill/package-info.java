@NullMarked
package quorate.cli.drill;

import org.jspecify.annotations.NullMarked;
