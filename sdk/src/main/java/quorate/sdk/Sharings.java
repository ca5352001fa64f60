package quorate.sdk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import quorate.algebra.DecodingException;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.api.KeyInfo;
import quorate.api.PartialSignature;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.rounds.Aborted;
import quorate.rounds.CeremonyException;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;
import quorate.rounds.Unresponsive;

/**
 * Between the records of the API and those of the protocols: what nodes say of a key as its public record, players as
 * parties of that key, which count from 1 without gaps, and failures as problems.
 */
final class Sharings {
    private Sharings() {}

    /** @throws TsmException if what the node said contradicts itself */
    static Sharing of(KeyInfo key) {
        try {
            var group = KeyDerivation.group(key.curve());
            var coefficients = new ArrayList<Point>();
            for (var coefficient : key.commitment()) {
                coefficients.add(group.decodePoint(coefficient.toArray()));
            }
            var sharing = new Sharing(
                    key.keyId().getBytes(StandardCharsets.UTF_8),
                    KeyDerivation.scheme(key),
                    key.players().size(),
                    key.epoch(),
                    key.chainCode().toArray(),
                    new PublicPolynomial(coefficients));
            if (!Arrays.equals(sharing.shareId(), key.shareId().toArray())
                    || !sharing.publicKey().equals(KeyDerivation.point(key))) {
                throw contradiction(key, "its commitment is of another sharing");
            }
            return sharing;
        } catch (DecodingException | UnsoundKey | IllegalArgumentException e) {
            throw contradiction(key, String.valueOf(e.getMessage()));
        }
    }

    private static TsmException contradiction(KeyInfo key, String why) {
        return new TsmException.Unsettled(Problem.of(
                        ProblemCode.NODE_ANSWER_INVALID,
                        "what node " + key.player() + " says of key " + key.keyId() + " contradicts itself: " + why)
                .from(key.player()));
    }

    static int party(KeyInfo key, int player) {
        int place = key.players().indexOf(player);
        if (place < 0) {
            throw new IllegalArgumentException("node " + player + " is not among the players " + key.players());
        }
        return place + 1;
    }

    /** The answers by party. */
    static <T> SortedMap<Integer, T> byParty(Combiner.Task task, Function<PartialSignature, T> part) {
        var parts = new TreeMap<Integer, T>();
        task.parts().forEach((player, answer) -> parts.put(party(task.key(), player), part.apply(answer)));
        return parts;
    }

    private static List<Integer> players(KeyInfo key, Collection<Integer> parties) {
        return parties.stream().map(party -> key.players().get(party - 1)).toList();
    }

    /** Why parts do not combine, as the protocol says it. */
    static TsmException problem(KeyInfo key, CeremonyException failure) {
        return new TsmException.Unsettled(
                switch (failure) {
                    case Misbehaviour blame ->
                        of(ProblemCode.PEER_MISBEHAVED, blame)
                                .failing(blame.check().toString())
                                .blaming(players(key, blame.culprits()));
                    case Disagreement unclear ->
                        of(ProblemCode.SIGNATURE_INVALID, unclear)
                                .failing(unclear.check().toString());
                    case Refused refused ->
                        of(ProblemCode.REFUSED, refused)
                                .failing(refused.check().toString());
                    case Aborted aborted -> of(ProblemCode.PEER_ABORTED, aborted);
                    case Unresponsive silent -> of(ProblemCode.PEER_SILENT, silent);
                });
    }

    private static Problem of(ProblemCode code, CeremonyException failure) {
        return Problem.of(code, String.valueOf(failure.getMessage()));
    }
}
