package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was refused or failed, why, and what to do next: RFC 9457 with stable codes.
 *
 * <p>{@code culprits} are players that the answering node itself caught; {@code silent} ones did not answer, which is
 * not guilt. {@code check} is the id of the protocol specification, Appendix A. {@code operation} is the one that
 * stands in the way or goes on. Detail and remedy carry values, never secrets.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        ProblemCode code,
        String detail,
        String remedy,
        @Nullable Integer player,
        @Nullable Bytes sessionId,
        @Nullable String check,
        @Nullable List<Integer> culprits,
        @Nullable List<Integer> silent,
        @Nullable Operation operation) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        Require.present("type", type);
        Require.present("title", title);
        Require.between("status", status, 400, 599);
        Require.present("code", code);
        Require.present("detail", detail);
        Require.present("remedy", remedy);
        culprits = culprits == null ? null : Require.list("culprits", culprits);
        silent = silent == null ? null : Require.list("silent", silent);
    }

    /** A problem with the title, status and remedy of its code. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(
                code.type(),
                code.title(),
                code.status(),
                code,
                detail,
                code.remedy(),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with a remedy that fits the case better than that of the code. */
    public Problem advising(String better) {
        return copy(better, player, sessionId, check, culprits, silent, operation);
    }

    /** The same with more to say about what happened. */
    public Problem detailed(String fuller) {
        return new Problem(
                type,
                title,
                status,
                code,
                fuller,
                remedy,
                player,
                sessionId,
                check,
                culprits,
                silent,
                operation);
    }

    /** The same, answered by this player. */
    public Problem from(int answering) {
        return copy(remedy, answering, sessionId, check, culprits, silent, operation);
    }

    public Problem inSession(Bytes id) {
        return copy(remedy, player, id, check, culprits, silent, operation);
    }

    /** The same, because this check of Appendix A failed. */
    public Problem failing(String checkId) {
        return copy(remedy, player, sessionId, checkId, culprits, silent, operation);
    }

    public Problem blaming(Collection<Integer> players) {
        return copy(remedy, player, sessionId, check, sorted(players), silent, operation);
    }

    public Problem missing(Collection<Integer> players) {
        return copy(remedy, player, sessionId, check, culprits, sorted(players), operation);
    }

    public Problem about(Operation open) {
        return copy(remedy, player, sessionId, check, culprits, silent, open);
    }

    private Problem copy(
            String newRemedy,
            @Nullable Integer newPlayer,
            @Nullable Bytes newSession,
            @Nullable String newCheck,
            @Nullable List<Integer> newCulprits,
            @Nullable List<Integer> newSilent,
            @Nullable Operation newOperation) {
        return new Problem(
                type,
                title,
                status,
                code,
                detail,
                newRemedy,
                newPlayer,
                newSession,
                newCheck,
                newCulprits,
                newSilent,
                newOperation);
    }

    private static List<Integer> sorted(Collection<Integer> players) {
        return players.stream().sorted().distinct().toList();
    }
}
