/**
 * What a node keeps on disk: shares sealed under the master key, the commit records of protocols.md 5.4, the owner
 * and pause rows, backups' records. It contains no mathematics and no presignature.
 *
 * <p>{@link quorate.store.Database} is the entry; every table has one small class with its SQL. Times are in UTC
 * milliseconds, byte strings are public unless a method says otherwise, and a secret enters as a {@code byte[]} that
 * its caller wipes and leaves only into a {@link quorate.store.SecretUse}, after which it is wiped here.
 */
@NullMarked
package quorate.store;

import org.jspecify.annotations.NullMarked;
