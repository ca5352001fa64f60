/** The cluster folder, and the nodes of a cluster that run on this machine. */
@NullMarked
package quorate.cli.cluster;

import org.jspecify.annotations.NullMarked;
