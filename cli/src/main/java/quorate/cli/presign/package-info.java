/** Commands for presignatures. */
@NullMarked
package quorate.cli.presign;

import org.jspecify.annotations.NullMarked;
