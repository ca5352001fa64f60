package quorate.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import quorate.rounds.StatementVerifier;

/** Decides which of the statements that arrive count: who really made them, and what they are about. */
record Examiner(Voice voice, StatementKeys keys, StatementVerifier verifier) {

    /** What arrived for one record, sorted. {@code rolledBack} ends everything else (TPC-4). */
    record Sorted(List<Statement> news, List<Reception.Dropped> dropped, Optional<Statement> rolledBack) {}

    Sorted sort(OperationRecord record, List<Statement> statements) {
        var dropped = new ArrayList<Reception.Dropped>();
        var news = new ArrayList<Statement>();
        for (var statement : statements) {
            if (record.statements().has(statement)) {
                continue;
            }
            if (!statement.isAuthentic(keys, verifier)) {
                dropped.add(new Reception.Dropped(statement, Reception.Reason.NOT_AUTHENTIC));
            } else if (isMine(statement)) {
                if (voice.in(statement.operation())) {
                    return new Sorted(List.of(), dropped, Optional.of(statement));
                }
            } else if (!isAbout(record.operation(), statement.operation())) {
                dropped.add(new Reception.Dropped(statement, Reception.Reason.ANOTHER_OPERATION));
            } else if (isNews(record, statement)) {
                news.add(statement);
            }
        }
        return new Sorted(news, dropped, Optional.empty());
    }

    private boolean isMine(Statement statement) {
        return statement.signer().equals(voice.me());
    }

    /** All parts equal; a refusal may lack the result. */
    private static boolean isAbout(Operation mine, Operation theirs) {
        return mine.equals(theirs) || (mine.hasResult() != theirs.hasResult() && mine.isSameRequestAs(theirs));
    }

    /**
     * The first statement of a seat and verb stays. Prepared is different until there is a certificate:
     * whoever signs two with different pair states must not keep us from the one that the others have.
     */
    private static boolean isNews(OperationRecord record, Statement statement) {
        return !record.statements().has(statement.seat(), statement.verb())
                || (statement.verb() == Verb.PREPARED && record.state() == State.PENDING);
    }

    /** Statements of operations without a record: an own one among them is a rollback while we have a voice. */
    Examination examine(List<Statement> statements) {
        var byAuthenticity = statements.stream()
                .collect(Collectors.partitioningBy(statement -> statement.isAuthentic(keys, verifier)));
        var authentic = byAuthenticity.getOrDefault(true, List.of());
        var rolledBack = authentic.stream()
                .filter(statement -> isMine(statement) && voice.in(statement.operation()))
                .findFirst();
        return new Examination(authentic, byAuthenticity.getOrDefault(false, List.of()), rolledBack);
    }
}
