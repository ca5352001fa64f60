package quorate.commit;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Who takes part in an exploration and what may happen to them. Node numbers start at 0; liars come last. */
final class Scenario {
    final int honest;
    final int liars;
    final List<Participant> everybody;
    List<Operation> operations;
    Table table = new Table();
    Set<Integer> mayBeDeclaredDead = Set.of();
    boolean deadPerRecord;
    boolean losesADatabase;
    boolean symmetric = true;
    boolean oneOperationPerKey = true;
    boolean closes;

    /** One refresh. */
    Scenario(int honest, int liars) {
        this.honest = honest;
        this.liars = liars;
        this.everybody = Cast.committee(0, IntStream.rangeClosed(1, honest + liars).toArray());
        this.operations = List.of(Cast.operation(2, 1, Cast.BASE, everybody));
    }

    /** A key generation instead. */
    Scenario keygen() {
        operations = List.of(Cast.operation(1, 1, Octets.EMPTY, everybody));
        return this;
    }

    boolean isKeygen() {
        return operations.getFirst().baseShareId().isEmpty();
    }

    /** A second operation on the same base. */
    Scenario withSecondOperation() {
        operations = List.of(operations.getFirst(), Cast.operation(2, 2, Cast.BASE, everybody));
        return this;
    }

    /** And a third on the result of the first. */
    Scenario withOperationOnTop() {
        operations = List.of(
                operations.get(0), operations.get(1), Cast.operation(2, 3, Cast.share(1), everybody));
        return this;
    }

    /** The operator of any other node may declare these dead, rightly or not, for all records of that node. */
    Scenario withDead(Integer... nodes) {
        mayBeDeclaredDead = Set.of(nodes);
        return this;
    }

    /** R6 to the letter: dead for one open record. The model of protocols.md 5.4 has it per node. */
    Scenario perRecord() {
        deadPerRecord = true;
        return this;
    }

    /** Node 0 may lose its database at any time: no voice (R8), until and after its share is repaired. */
    Scenario losingADatabase() {
        losesADatabase = true;
        return this;
    }

    /** Assumes nothing about which nodes are alike: every node has its own machine, and no state stands for others. */
    Scenario countingEachNode() {
        symmetric = false;
        return this;
    }

    Scenario withoutOneOperationPerKey() {
        oneOperationPerKey = false;
        return this;
    }

    Scenario under(Table other) {
        table = other;
        return this;
    }

    /** Also checks that from every state all open records can still be closed. */
    Scenario closing() {
        closes = true;
        return this;
    }

    Exploration.Result explore() {
        return new Exploration(this).run();
    }
}
