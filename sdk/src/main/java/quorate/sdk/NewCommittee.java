package quorate.sdk;

import java.util.List;
import java.util.Optional;
import quorate.api.Bytes;

/**
 * Who shall hold a key.
 *
 * @param keyId of the key as it is
 * @param copyId the id of a copy; empty if the key itself is given to the new players
 * @param players empty: those that hold it, but for the dead
 * @param threshold empty: as it is
 * @param dead players of the key that are gone; none for a copy
 * @param publicKey of the key as the operator knows it, not as a node shows it
 */
public record NewCommittee(
        String keyId,
        Optional<String> copyId,
        List<Integer> players,
        Optional<Integer> threshold,
        List<Integer> dead,
        Optional<Bytes> publicKey) {
    public NewCommittee {
        players = players.stream().sorted().distinct().toList();
        dead = dead.stream().sorted().distinct().toList();
    }
}
