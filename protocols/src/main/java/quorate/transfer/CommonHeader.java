package quorate.transfer;

import java.util.Arrays;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 0 of an import: the common header, in private because of the chain code. */
record CommonHeader(byte[] header) implements Message.Private {
    static CommonHeader read(byte[] payload) throws Malformed {
        if (payload.length > ExportHeader.LONGEST) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, more than a header has");
        }
        return new CommonHeader(payload.clone());
    }

    @Override
    public byte[] encode() {
        return header.clone();
    }

    boolean isSame(CommonHeader other) {
        return Arrays.equals(header, other.header);
    }

    @Override
    public String toString() {
        return "CommonHeader[redacted]";
    }
}
