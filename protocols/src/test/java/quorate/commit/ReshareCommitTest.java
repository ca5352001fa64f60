package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.dealing.NewShare;
import quorate.key.Scheme;
import quorate.reshare.Handover;
import quorate.reshare.Refresh;
import quorate.rounds.Refused;
import quorate.rounds.StatementVerifier;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** What refresh, redistribution and copy yield goes through the commit, pair states and all. */
class ReshareCommitTest {
    /** A statement key is the id of its node here, and a signature names it and the digest. */
    private static final StatementVerifier VERIFIER = (publicKey, digest, signature) ->
            Arrays.equals(Encoding.concat(publicKey, digest), signature);

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void commitsARefresh() throws Exception {
        var old = Keys.random(Groups.SECP256K1, Scheme.ECDSA, 3, 1, "old", scope);
        var sharing = Objects.requireNonNull(old.get(1)).sharing();
        var outcome = RoundTable.of(Agreements.refresh(sharing, 1), agreement -> Refresh.start(
                        agreement,
                        Objects.requireNonNull(old.get(agreement.me())),
                        new KatDraw("refresh/" + agreement.me()),
                        scope))
                .run();
        var operation = outcome.of(1).operation();
        assertThat(operation.baseShareId()).isEqualTo(Octets.of(sharing.shareId()));

        var nodes = new TreeMap<Octets, TestNode>();
        var said = new ArrayList<Statement>();
        for (int i = 1; i <= 3; i++) {
            var id = operation.participants().get(i - 1).id();
            var node = node(operation, id, Octets.of(sharing.shareId()));
            said.addAll(prepare(node, outcome.of(i), Degrees.of(1)));
            nodes.put(id, node);
        }
        exchange(operation, nodes, said);
        nodes.values().forEach(node -> assertThat(node.active).isEqualTo(operation.newShareId()));
    }

    /** Party 1 leaves, 2 and 3 are in both committees, node 4 joins. */
    @Test
    void commitsARedistribution() throws Exception {
        commits(Handover.random(Groups.SECP256K1, Scheme.ECDSA, 3, 1, Set.of(1, 3), 3, 1, false, scope), 4);
    }

    @Test
    void commitsACopyInTheNewCommitteeAlone() throws Exception {
        commits(Handover.random(Groups.ED25519, Scheme.SCHNORR, 3, 1, Set.of(1, 3), 3, 2, true, scope), 3);
    }

    private void commits(Handover handover, int participants) throws Exception {
        var results = handover.simulation(List.of(2, 3, 4)).run().allFinish();
        var operation = results.values().iterator().next().made().operation();
        var shares = new TreeMap<Octets, NewShare>();
        results.values().forEach(result -> {
            if (result instanceof Handover.Result.Taken taken) {
                int index = taken.received().share().share().index();
                shares.put(operation.in(new Seat(1, index)).id(), taken.received().share());
            }
        });
        var nodes = new TreeMap<Octets, TestNode>();
        var said = new ArrayList<Statement>();
        for (var participant : operation.participants()) {
            var id = participant.id();
            if (!nodes.containsKey(id)) {
                var node = node(operation, id, operation.expectedActive(id));
                var degrees = handover.plan.degrees(handover.old().degree());
                var share = shares.get(id);
                said.addAll(
                        share == null
                                ? prepare(node, operation, SetupVector.NONE, degrees)
                                : prepare(node, share, degrees));
                nodes.put(id, node);
            }
        }
        assertThat(nodes).hasSize(participants);
        assertThat(said).hasSameSizeAs(operation.participants());
        exchange(operation, nodes, said);
        nodes.forEach((id, node) ->
                assertThat(node.active).isEqualTo(shares.containsKey(id) ? operation.newShareId() : Octets.EMPTY));
    }

    private static TestNode node(Operation operation, Octets id, Octets active) {
        var database = operation.participants().stream()
                .filter(participant -> participant.id().equals(id))
                .findFirst()
                .orElseThrow()
                .database();
        return new TestNode(
                new CommitMachine(
                        id,
                        database,
                        any -> Optional.of(any.bytes()),
                        digest -> Encoding.concat(id.bytes(), digest),
                        VERIFIER),
                active);
    }

    private static List<Statement> prepare(TestNode node, NewShare share, Degrees degrees)
            throws Refused, TestNode.LostRace {
        return prepare(node, share.operation(), share.setups(), degrees);
    }

    private static List<Statement> prepare(TestNode node, Operation operation, SetupVector setups, Degrees degrees)
            throws Refused, TestNode.LostRace {
        return node.machine
                .prepare(operation, setups, degrees, node.active, Optional.empty())
                .writeTo(node)
                .statements();
    }

    /** Everybody hears everything until nobody has anything new to say. */
    private static void exchange(Operation operation, Map<Octets, TestNode> nodes, List<Statement> said)
            throws TestNode.LostRace {
        List<Statement> heard = said;
        while (!heard.isEmpty()) {
            var next = new ArrayList<Statement>();
            for (var node : nodes.entrySet()) {
                var ofOthers = heard.stream()
                        .filter(statement -> !statement.signer().equals(node.getKey()))
                        .toList();
                next.addAll(node.getValue().hear(operation, ofOthers));
            }
            heard = next;
        }
        nodes.values().forEach(node -> {
            assertThat(node.state(operation)).isEqualTo(State.CLEAN);
            assertThat(node.previous).isEqualTo(Octets.EMPTY);
        });
    }
}
