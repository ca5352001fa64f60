package quorate.sdk;

/** What one node answered, or why it did not. */
public sealed interface NodeAnswer<T> {
    int player();

    record Given<T>(int player, T value) implements NodeAnswer<T> {}

    record Failed<T>(int player, TsmException failure) implements NodeAnswer<T> {}
}
