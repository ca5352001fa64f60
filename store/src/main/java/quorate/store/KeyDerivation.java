package quorate.store;

import java.security.SecureRandom;

/** How the master key of one database comes about. Public; kept in the row of the node. */
public sealed interface KeyDerivation {
    /** The key is what the source holds. */
    record Direct() implements KeyDerivation {}

    /**
     * Argon2id (RFC 9106, version 0x13) of a password. The bounds keep a foreign file from asking for all memory.
     *
     * @param salt 16 bytes, drawn with the database
     */
    record Argon2id(Bytes salt, int memoryKib, int passes, int lanes) implements KeyDerivation {
        static final int SALT_BYTES = 16;
        private static final int MAX_MEMORY_KIB = 1 << 20;
        private static final int MAX_PASSES = 64;
        private static final int MAX_LANES = 16;
        private static final int MIN_KIB_PER_LANE = 8;

        public Argon2id {
            salt.requireLength(SALT_BYTES, "salt");
            if (lanes < 1
                    || lanes > MAX_LANES
                    || passes < 1
                    || passes > MAX_PASSES
                    || memoryKib < MIN_KIB_PER_LANE * lanes
                    || memoryKib > MAX_MEMORY_KIB) {
                throw new IllegalArgumentException("Argon2id of %d KiB, %d passes, %d lanes is out of bounds"
                        .formatted(memoryKib, passes, lanes));
            }
        }

        public static Argon2id fresh(PasswordCost cost, SecureRandom random) {
            return new Argon2id(Bytes.random(SALT_BYTES, random), cost.memoryKib(), cost.passes(), cost.lanes());
        }
    }
}
