package quorate.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import quorate.rounds.Agree;
import quorate.rounds.CeremonyException;
import quorate.rounds.Evidence;
import quorate.rounds.Expected;
import quorate.rounds.Frame;
import quorate.rounds.Inbox;
import quorate.rounds.Malformed;
import quorate.rounds.Message;
import quorate.rounds.Outbox;
import quorate.rounds.Outgoing;
import quorate.rounds.Protocol;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * One misbehaving party in one run: an honest session whose messages are changed on their way out and signed
 * again with the party's own statement key.
 */
final class Liar {
    /**
     * Changes one type of message.
     *
     * @param consistent the same for all recipients, so that the party itself believes what it says; else a
     *     broadcast differs from peer to peer
     */
    record Lie<M extends Message>(Class<M> type, BiFunction<Integer, M, M> edit, boolean consistent) {
        <T extends Message> T tell(int recipient, T message) {
            if (!type.isInstance(message)) {
                return message;
            }
            @SuppressWarnings("unchecked") // a record type has no subtypes, so an M is given and returned
            var edited = (T) edit.apply(recipient, type.cast(message));
            return edited;
        }
    }

    private static final int NOBODY = 0;

    private final Identity identity;
    private final List<Lie<?>> lies;
    private final List<Tamper> tampers;
    private final Map<Integer, Message.Shared> said = new HashMap<>();
    private byte[] ctx = new byte[0];

    Liar(Identity identity, List<Lie<?>> lies, List<Tamper> tampers) {
        this.identity = identity;
        this.lies = lies;
        this.tampers = tampers;
    }

    <R> Protocol<R> corrupt(Protocol<R> honest) {
        return agreement -> {
            ctx = agreement.ctx();
            return corrupt(honest.start(agreement));
        };
    }

    private <R> Step<R> corrupt(Step<R> step) {
        return switch (step) {
            case Step.Done<R>(var say, var result) -> new Step.Done<>(corrupt(say), result);
            case Step.Next<R, ?> next -> corrupt(next);
        };
    }

    private <R, I extends Message> Step.Next<R, I> corrupt(Step.Next<R, I> next) {
        return new Step.Next<>(corrupt(next.say()), new Round<>() {
            @Override
            public Expected<I> expects() {
                return next.then().expects();
            }

            @Override
            public Step<R> receive(Inbox<I> inbox) throws CeremonyException {
                return corrupt(next.then().receive(inbox));
            }
        });
    }

    private Outbox corrupt(Outbox outbox) {
        var corrupted = Outbox.silence();
        for (var item : outbox.items()) {
            corrupted = corrupted.and(switch (item) {
                case Outbox.Item.ToAll(int round, Message.Shared message) -> {
                    var lie = tell(true, NOBODY, message);
                    said.put(round, lie);
                    yield Outbox.toAll(round, lie);
                }
                case Outbox.Item.ToEach(int round, var recipients, var messages) -> Outbox.toEach(
                        round, recipients, recipient -> tellInPrivate(recipient, messages.apply(recipient)));
            });
        }
        return outbox.guard().map(corrupted::under).orElse(corrupted);
    }

    private <T extends Message> T tell(boolean consistent, int recipient, T message) {
        var told = message;
        for (var lie : lies) {
            told = lie.consistent() == consistent ? lie.tell(recipient, told) : told;
        }
        return told;
    }

    private Message.Private tellInPrivate(int recipient, Message.Private message) {
        return tell(false, recipient, tell(true, recipient, message));
    }

    List<Outgoing> corrupt(List<Outgoing> frames) {
        var sent = frames.stream().map(this::equivocate).toList();
        for (var tamper : tampers) {
            var next = new ArrayList<Outgoing>();
            sent.forEach(outgoing -> next.addAll(tamper.change(outgoing)));
            sent = next;
        }
        return sent;
    }

    private Outgoing equivocate(Outgoing outgoing) {
        var frame = outgoing.frame();
        var message = broadcast(frame);
        if (message.isEmpty()) {
            return outgoing;
        }
        var honest = message.get();
        var told = tell(false, outgoing.recipient(), frame.round() == 0 ? tell(true, NOBODY, honest) : honest);
        var payload = told.encode();
        return Arrays.equals(payload, frame.payload())
                ? outgoing
                : new Outgoing(outgoing.recipient(), signed(frame, payload));
    }

    /** What {@code frame} says, if it is a broadcast: AGREE is the session's, all others the protocol's. */
    private Optional<Message.Shared> broadcast(Frame frame) {
        if (!frame.isBroadcast()) {
            return Optional.empty();
        }
        return frame.round() == 0 ? Optional.of(agree(frame)) : Optional.ofNullable(said.get(frame.round()));
    }

    private static Agree agree(Frame frame) {
        try {
            return Agree.read(frame.payload());
        } catch (Malformed e) {
            throw new IllegalStateException("a session sent a malformed AGREE", e);
        }
    }

    private Frame signed(Frame frame, byte[] payload) {
        var me = identity.entry();
        var binding = frame.round() == 0 ? frame.sessionId() : ctx;
        var statement =
                Evidence.statement(binding, frame.round(), me.role(), me.index(), Evidence.digestOf(payload));
        return Frame.broadcast(
                frame.sessionId(),
                frame.protocolId(),
                frame.round(),
                frame.sender(),
                payload,
                identity.statements().sign(statement));
    }
}
