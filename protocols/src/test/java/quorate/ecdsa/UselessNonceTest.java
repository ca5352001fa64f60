package quorate.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Workers;
import quorate.table.RoundTable;

/** SIG-6: nonces that cancel, R = O. Everything else in such a session is right, so nobody is to blame. */
class UselessNonceTest {
    private static final String SESSION = "cancelled";
    private static final byte[] NAME = Draw.name("r", 0);

    /** Draws r as given, and all else as another. */
    private record Chosen(Draw draw, Optional<byte[]> r) implements Draw {
        @Override
        public byte[] draw(For purpose, byte[] name, int length) {
            var drawn = draw.draw(purpose, name, length);
            return purpose == For.ECDSA && Arrays.equals(name, NAME) ? r.orElse(drawn) : drawn;
        }

        @Override
        public Draw knowing(byte[]... publicContext) {
            return new Chosen(draw.knowing(publicContext), r);
        }

        @Override
        public Draw bulk(For purpose, byte[] name, Secrets scope) {
            return draw.bulk(purpose, name, scope);
        }
    }

    @Test
    void endsWithoutBlameWhereTheNoncesCancel() {
        for (var group : new Group[] {Groups.SECP256K1, Groups.P256}) {
            try (var cast = new Cast(group, 2, 1, "useless nonce")) {
                var outcome = RoundTable.<List<PresignatureShare>>of(
                                cast.agreements(List.of(1, 2), 1),
                                agreement -> EcdsaPresigning.start(
                                        agreement,
                                        cast.key(agreement.me()),
                                        Objects.requireNonNull(cast.pairs.get(agreement.me())),
                                        cast.verdicts(agreement.me()),
                                        draw(cast, agreement.me()),
                                        cast.scope,
                                        Workers.none(),
                                        1))
                        .run();

                outcome.disagrees(1, Check.SIG_6).disagrees(2, Check.SIG_6);
                assertThat(outcome.results()).isEmpty();
                assertThat(cast.verdicts(1).bans()).isEmpty();
                assertThat(cast.verdicts(2).bans()).isEmpty();
            }
        }
    }

    /** Party 2 knows, as no real party could, which r party 1 draws first, and takes its negative. */
    private static Draw draw(Cast cast, int party) {
        if (party == 1) {
            return cast.draw(1, SESSION);
        }
        var group = cast.group;
        var first = group.reduce(cast.draw(1, SESSION).draw(Draw.For.ECDSA, NAME, group.wideBytes()));
        var negative = first.negate().encode();
        var wide = Encoding.concat(new byte[group.wideBytes() - negative.length], negative);
        return new Chosen(cast.draw(2, SESSION), Optional.of(wide));
    }
}
