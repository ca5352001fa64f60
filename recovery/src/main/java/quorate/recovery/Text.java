package quorate.recovery;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 of bounded length, decoded strictly: one text has one encoding. */
final class Text {
    private Text() {}

    /**
     * @throws IllegalArgumentException if it is empty, longer than {@code most} bytes, or not UTF-8 without control
     * characters
     */
    static String decode(String name, byte[] bytes, int most) {
        if (bytes.length == 0 || bytes.length > most) {
            throw new IllegalArgumentException(name + " of " + bytes.length + " bytes, 1 to " + most + " are allowed");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(name + " with a control character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " that is not UTF-8", e);
        }
    }

    /** The same rules for a text that is to be encoded. */
    static byte[] encode(String name, String text, int most) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!decode(name, bytes, most).equals(text)) {
            throw new IllegalArgumentException(name + " that is not Unicode");
        }
        return bytes;
    }
}
