/** What the parts cost, measured: JMH per primitive and load on a local cluster. */
@NullMarked
package quorate.benchmarks;

import org.jspecify.annotations.NullMarked;
