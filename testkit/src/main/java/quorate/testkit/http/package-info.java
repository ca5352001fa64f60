/** Nodes that are only an HTTP API: for tests of clients. */
@NullMarked
package quorate.testkit.http;

import org.jspecify.annotations.NullMarked;
