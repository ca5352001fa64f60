package quorate.rounds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** What one party says, as frames that wait to be sent. */
final class Postbox {
    private final Proposal proposal;
    private final SortedSet<Integer> others;
    private final Broadcasts broadcasts;
    private final Map<Integer, byte[]> ownBroadcasts = new HashMap<>();
    private final List<Outgoing> outgoing = new ArrayList<>();

    Postbox(Proposal proposal, SortedSet<Integer> others, Broadcasts broadcasts) {
        this.proposal = proposal;
        this.others = others;
        this.broadcasts = broadcasts;
    }

    void say(Outbox outbox) {
        for (var item : outbox.items()) {
            switch (item) {
                case Outbox.Item.ToAll(int round, Message.Shared message) -> {
                    var payload = message.encode();
                    ownBroadcasts.put(round, payload);
                    var frame = broadcasts.sign(round, payload);
                    others.forEach(other -> outgoing.add(new Outgoing(other, frame)));
                }
                case Outbox.Item.ToEach each -> others.stream()
                        .filter(each::reaches)
                        .forEach(other -> tell(other, each.round(), each.message().apply(other)));
            }
        }
    }

    void abort(Abort abort) {
        others.forEach(other -> tell(other, Abort.ROUND, abort));
    }

    private void tell(int other, int round, Message.Private message) {
        var frame = Frame.direct(
                proposal.sessionId(),
                proposal.operation().protocolId(),
                round,
                proposal.me().address(),
                other,
                message.encode());
        outgoing.add(new Outgoing(other, frame));
    }

    /** Our broadcast of this round, if there was one. */
    Optional<byte[]> own(int round) {
        return Optional.ofNullable(ownBroadcasts.get(round));
    }

    void discard() {
        outgoing.forEach(unsent -> unsent.frame().wipe());
        outgoing.clear();
    }

    /** Takes out what is to be sent now. */
    List<Outgoing> flush() {
        var flushed = List.copyOf(outgoing);
        outgoing.clear();
        return flushed;
    }
}
