package quorate.node.presign;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quorate.algebra.Groups;
import quorate.presign.Kind;
import quorate.presign.Origin;
import quorate.presign.PoolKey;
import quorate.presign.Presignature;
import quorate.presign.PresignatureId;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;

/** A presignature without a secret, that remembers whether it was wiped. */
final class HollowPresignature extends Presignature<String> {
    private boolean wiped;

    private HollowPresignature(PresignatureId id, Origin origin) {
        super(id, origin);
    }

    /** Of one session of FROST that was made at this moment. */
    static List<HollowPresignature> batch(PoolKey pool, int... numbers) {
        var entries = new ArrayList<Entry>();
        for (int party : pool.parties()) {
            entries.add(new Entry(0, party, new byte[32], new byte[32], new byte[32], new byte[32]));
        }
        var agreement = new Agreement(
                new byte[32],
                6,
                Groups.ED25519,
                2,
                pool.keyId().getBytes(StandardCharsets.UTF_8),
                3,
                1,
                new byte[32],
                entries,
                1,
                0,
                new byte[32],
                new byte[32]);
        var origin = Origin.of(Kind.FROST, agreement, Instant.now());
        return Arrays.stream(numbers)
                .mapToObj(number -> new HollowPresignature(id(number), origin))
                .toList();
    }

    static PresignatureId id(int number) {
        return new PresignatureId(0, 0, 0, number);
    }

    boolean isWiped() {
        return wiped;
    }

    @Override
    protected String surrender() {
        return "";
    }

    @Override
    protected void wipe() {
        wiped = true;
    }
}
