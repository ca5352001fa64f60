package quorate.node.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import quorate.node.config.Address;
import quorate.node.config.Roster;
import quorate.node.identity.NodeIdentity;

/** Somebody who speaks the protocol by hand, with real keys and whatever frames the test wants. */
final class Impostor implements AutoCloseable {
    private final Wire wire;

    private Impostor(Wire wire) {
        this.wire = wire;
    }

    /** Connects to {@code player}, showing the link key of {@code identity}. */
    static Impostor dial(NodeIdentity identity, Roster roster, int player, Address address) throws IOException {
        var raw = new Socket(address.host(), address.port());
        raw.setTcpNoDelay(true);
        raw.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        var tls = new LinkTls(identity, roster, Samples.RANDOM).dialled(raw, roster.player(player));
        return new Impostor(new Wire(player, raw, tls));
    }

    void send(FrameType type, byte[] body) throws IOException {
        wire.send(new Frame(type, body));
    }

    /** Bytes that are perhaps no frame. */
    void sendBytes(byte[] bytes) throws IOException {
        wire.write(bytes);
        wire.flush();
    }

    Frame read() throws IOException {
        return wire.read(1 << 20);
    }

    /** The next frame must be of this type. */
    byte[] expect(FrameType type) throws IOException {
        var frame = read();
        if (frame.type() != type) {
            throw new AssertionError("expected " + type + ", was " + frame.type());
        }
        return frame.body();
    }

    /** Says LINK, shows {@code remembered}, and reads what the node says and shows: its LINK, then REMEMBERED. */
    Said introduce(SignedLink link, byte[] remembered) throws IOException {
        send(FrameType.LINK, link.encode());
        var said = expect(FrameType.LINK);
        var shown = expect(FrameType.REMEMBERED);
        send(FrameType.REMEMBERED, remembered);
        return new Said(said, shown);
    }

    /** What the node said about itself, and what it remembers of the impostor. */
    record Said(byte[] link, byte[] remembered) {}

    /** Makes a link as an honest node would. */
    void bringUp(SignedLink link) throws IOException {
        introduce(link, new byte[0]);
        expect(FrameType.ACCEPTED);
        send(FrameType.ACCEPTED, new byte[0]);
    }

    Refusal expectRefusal() throws IOException {
        return Refusal.ofCode(expect(FrameType.REFUSED)[0]).orElseThrow();
    }

    /** Reads until the node ends the connection. */
    void awaitEnd() {
        wire.awaitClose();
    }

    @Override
    public void close() {
        try {
            wire.shut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
