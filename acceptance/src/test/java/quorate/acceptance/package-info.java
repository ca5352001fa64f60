/** Clusters as real processes, driven through the command line and the network interface, told as stories. */
@NullMarked
package quorate.acceptance;

import org.jspecify.annotations.NullMarked;
