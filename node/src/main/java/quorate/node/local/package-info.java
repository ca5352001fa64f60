/**
 * The local administration socket: what a node does only for the user who runs it, on the machine where it runs
 * (product.md 2.3). An owner-only Unix domain socket beside the configuration; one request and one answer per
 * connection.
 */
@NullMarked
package quorate.node.local;

import org.jspecify.annotations.NullMarked;
