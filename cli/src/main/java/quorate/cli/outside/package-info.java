/**
 * Private keys as other software keeps them. Everything here is bytes that are wiped: no secret is ever a text or a number
 * of the platform.
 */
@NullMarked
package quorate.cli.outside;

import org.jspecify.annotations.NullMarked;
