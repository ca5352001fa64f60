package quorate.sdk;

import java.util.Optional;
import quorate.api.Bytes;
import quorate.api.ExportedShare;

/**
 * One share of an exported key, which only the node that it is for can open.
 *
 * @param signature of the node of the source that wrapped it; none of a key that a client has split
 * @param statementKey of that node
 */
public record WrappedShare(
        int index, Bytes header, Bytes blob, Optional<Bytes> signature, Optional<Bytes> statementKey) {
    static WrappedShare of(ExportedShare said) {
        return new WrappedShare(
                said.index(),
                said.header(),
                said.blob(),
                Optional.of(said.signature()),
                Optional.of(said.statementKey()));
    }
}
