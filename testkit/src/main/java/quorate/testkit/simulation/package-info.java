/** Whole ceremonies on one thread from one seed, with a bad network and misbehaving parties. */
@NullMarked
package quorate.testkit.simulation;

import org.jspecify.annotations.NullMarked;
