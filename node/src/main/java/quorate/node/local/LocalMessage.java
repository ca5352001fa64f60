package quorate.node.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What travels over the local socket, in either direction: {@code I2OSP(|json|,4) || json || I2OSP(k,1) ||
 * {I2OSP(|a_i|,4) || a_i}}. Secrets travel as attachments, so that no string is ever made of them; closing wipes them.
 */
public record LocalMessage(byte[] json, List<byte[]> attachments) implements AutoCloseable {
    private static final int JSON_BYTES_MAX = 64 << 10;
    private static final int ATTACHMENTS_MAX = 2;
    private static final int ATTACHMENT_BYTES_MAX = 64 << 10;

    public LocalMessage {
        attachments = List.copyOf(attachments);
    }

    public static LocalMessage of(byte[] json, byte[]... attachments) {
        return new LocalMessage(json, List.of(attachments));
    }

    /** The attachment of that number, from 0; empty if there are fewer. */
    public byte[] attachment(int number) {
        return number < attachments.size() ? attachments.get(number) : new byte[0];
    }

    void write(OutputStream stream) throws IOException {
        var out = new DataOutputStream(stream);
        out.writeInt(json.length);
        out.write(json);
        out.writeByte(attachments.size());
        for (var attachment : attachments) {
            out.writeInt(attachment.length);
            out.write(attachment);
        }
        out.flush();
    }

    /** Reads one message, bounded before anything is allocated. */
    static LocalMessage read(InputStream stream) throws IOException {
        var in = new DataInputStream(stream);
        var json = block(in, JSON_BYTES_MAX);
        int count = in.readUnsignedByte();
        if (count > ATTACHMENTS_MAX) {
            throw new IOException("a message with " + count + " attachments");
        }
        var attachments = new ArrayList<byte[]>();
        try {
            for (int i = 0; i < count; i++) {
                attachments.add(block(in, ATTACHMENT_BYTES_MAX));
            }
            return new LocalMessage(json, attachments);
        } catch (IOException e) {
            attachments.forEach(attachment -> Arrays.fill(attachment, (byte) 0));
            throw e;
        }
    }

    private static byte[] block(DataInputStream in, int longest) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > longest) {
            throw new IOException("a message with a part of " + Integer.toUnsignedString(length) + " bytes");
        }
        var block = new byte[length];
        in.readFully(block);
        return block;
    }

    @Override
    public void close() {
        attachments.forEach(attachment -> Arrays.fill(attachment, (byte) 0));
    }

    @Override
    public String toString() {
        return "LocalMessage[redacted]";
    }
}
