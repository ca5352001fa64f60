package quorate.node.link;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * A TLS channel to a player whose key was checked. Blocking; one thread reads, one writes, and any thread
 * can {@link #cut} it, which wakes both.
 */
final class Wire {
    /** One TLS record. */
    private static final int BUFFER = 16 * 1024;

    private final int player;
    private final Socket raw;
    private final SSLSocket tls;
    private final DataInputStream in;
    private final OutputStream out;

    Wire(int player, Socket raw, SSLSocket tls) throws IOException {
        this.player = player;
        this.raw = raw;
        this.tls = tls;
        this.in = new DataInputStream(new BufferedInputStream(tls.getInputStream(), BUFFER));
        this.out = new BufferedOutputStream(tls.getOutputStream(), BUFFER);
    }

    int player() {
        return player;
    }

    /** The TCP connection below, for deadlines. */
    Socket raw() {
        return raw;
    }

    Frame read(int mostBytes) throws IOException {
        return Frame.read(in, mostBytes);
    }

    /** Writes a frame at once. */
    void send(Frame frame) throws IOException {
        write(frame.encode());
        flush();
    }

    /** Writes an encoded frame, perhaps later with others. */
    void write(byte[] encoded) throws IOException {
        out.write(encoded);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Reads until the peer closes: to close first, over unread frames, could take back what was just sent. */
    void awaitClose() {
        try {
            while (true) {
                read(FrameType.SMALL);
            }
        } catch (IOException e) {
            // The end that was waited for, whatever form it takes.
            cut();
        }
    }

    /** The orderly end of TLS, by the writer. May block if the peer does not read; then {@link #cut}. */
    void shut() throws IOException {
        tls.close();
    }

    /** Ends the TCP connection. Below TLS, because closing TLS waits for a writer that is stuck. */
    void cut() {
        HandshakeWatch.cut(raw);
    }
}
