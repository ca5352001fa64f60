package quorate.sdk;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Several nodes as their administrator: asks all at the same time and keeps every answer and every failure. */
public final class AdminNodes {
    private final List<AdminClient> nodes;

    /** The clients stay the caller's to close. */
    public AdminNodes(Collection<AdminClient> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    public <T> Answers<T> askEach(Function<AdminClient, T> question) {
        return new FanOut<>(nodes, AdminClient::player).askEach(question);
    }
}
