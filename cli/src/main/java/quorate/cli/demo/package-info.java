/** The whole story on one machine. */
@NullMarked
package quorate.cli.demo;

import org.jspecify.annotations.NullMarked;
