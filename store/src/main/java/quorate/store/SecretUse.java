package quorate.store;

/** What a caller does with an opened secret. The array is wiped when the method returns or throws. */
@FunctionalInterface
public interface SecretUse<T, E extends Exception> {
    T with(byte[] secret) throws E;
}
