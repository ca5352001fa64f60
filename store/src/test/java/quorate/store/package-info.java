@NullMarked
package quorate.store;

import org.jspecify.annotations.NullMarked;
