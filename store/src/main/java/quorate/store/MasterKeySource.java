package quorate.store;

import java.nio.file.Path;
import java.security.SecureRandom;

/** Where the operator keeps what opens the database. */
public sealed interface MasterKeySource {
    /** How a new database derives its master key from this source. */
    KeyDerivation freshDerivation(SecureRandom random);

    /** The master key of a database with that derivation. The caller closes it. */
    MasterKey unlock(KeyDerivation derivation);

    /** For messages: what it is and where, never what it holds. */
    String description();

    /**
     * 32 random bytes as text: 64 hex digits, or 44 characters of Base64 (RFC 4648, section 4); a line end may follow.
     */
    record KeyFile(Path file) implements MasterKeySource {
        @Override
        public KeyDerivation freshDerivation(SecureRandom random) {
            return new KeyDerivation.Direct();
        }

        /** The key of the file, however the database was made: its fingerprint then tells a wrong one. */
        @Override
        public MasterKey unlock(KeyDerivation derivation) {
            return SecretFile.readKey(file);
        }

        @Override
        public String description() {
            return "key file " + file;
        }
    }

    /** A password: all bytes of the file except one line end, at least 12 of them. */
    record PasswordFile(Path file, PasswordCost cost) implements MasterKeySource {
        public PasswordFile(Path file) {
            this(file, PasswordCost.STANDARD);
        }

        @Override
        public KeyDerivation freshDerivation(SecureRandom random) {
            return KeyDerivation.Argon2id.fresh(cost, random);
        }

        @Override
        public MasterKey unlock(KeyDerivation derivation) {
            return switch (derivation) {
                case KeyDerivation.Argon2id argon2id -> SecretFile.readPassword(file, argon2id);
                case KeyDerivation.Direct direct ->
                    throw new BadMasterKeyFile(
                            file, "is a password, but the database was made with a key file; configure that key file");
            };
        }

        @Override
        public String description() {
            return "password file " + file;
        }
    }
}
