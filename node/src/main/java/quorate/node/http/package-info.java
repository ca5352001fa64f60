/** The HTTP API of openapi.yaml: who may call, what a body may be, and where a request goes. */
@NullMarked
package quorate.node.http;

import org.jspecify.annotations.NullMarked;
