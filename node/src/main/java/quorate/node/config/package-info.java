/**
 * What a node is told by its operator: node.toml, the roster that all nodes share, and the commands that
 * write them. Strict: unknown, missing and malformed settings stop the start, naming file, line and key.
 */
@NullMarked
package quorate.node.config;

import org.jspecify.annotations.NullMarked;
