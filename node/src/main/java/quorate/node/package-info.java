/** One node: what it is made of, put together, started and stopped. */
@NullMarked
package quorate.node;

import org.jspecify.annotations.NullMarked;
