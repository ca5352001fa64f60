package quorate.repair;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import quorate.algebra.Group;
import quorate.algebra.Secrets;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.Operation;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** A key of which one party, the target, has lost its share, and who helps. */
record Patient(SortedMap<Integer, KeyShare> shares, int target, Set<Integer> helpers, Secrets scope) {
    static final byte[] ATTRIBUTES = "attributes".getBytes(StandardCharsets.US_ASCII);

    /** A random key, the same for the same parameters. */
    static Patient of(Group group, Scheme scheme, int n, int degree, int target, Set<Integer> helpers, Secrets scope) {
        var seed = group.name() + n + degree;
        return new Patient(Keys.random(group, scheme, n, degree, seed, scope), target, helpers, scope);
    }

    Sharing sharing() {
        return shares.firstEntry().getValue().sharing();
    }

    KeyRecord record() {
        return KeyRecord.of(sharing(), Agreements.ids(sharing().players()), ATTRIBUTES);
    }

    byte[] publicKey() {
        return sharing().publicKey().encode();
    }

    List<Agreement> agreements() {
        var parties = new TreeSet<>(helpers);
        parties.add(target);
        return new ArrayList<>(Agreements.of(Operation.REPAIR, sharing(), parties, Repair.params(target)));
    }

    RoundTable<RepairOutcome> table() {
        return table(agreements());
    }

    RoundTable<RepairOutcome> table(List<Agreement> agreements) {
        return RoundTable.of(agreements, agreement -> agreement.me() == target
                ? Repair.receive(agreement, target, publicKey(), scope)
                : Repair.help(agreement, target, share(agreement.me()), record(), draw(agreement.me()), scope));
    }

    KatDraw draw(int party) {
        return new KatDraw("repair/" + party);
    }

    KeyShare share(int party) {
        var share = shares.get(party);
        if (share == null) {
            throw new IllegalArgumentException("no party " + party);
        }
        return share;
    }
}
