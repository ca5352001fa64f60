package quorate.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.Signable;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.Tsm;
import quorate.sdk.TsmException;

/**
 * What becomes of presignatures: made, used once, void when one of their nodes starts again or their key is reshared, and
 * made anew. Nothing of them is in a backup.
 */
final class PresignedStory {
    private static final int BATCH = 10;

    private final Tsm tsm;
    private final Signatures signatures;
    private final KeyInfo key;
    private final List<Integer> players;
    private final List<Bytes> unused = new ArrayList<>();

    PresignedStory(Tsm tsm, Signatures signatures, KeyInfo key, List<Integer> players) {
        this.tsm = tsm;
        this.signatures = signatures;
        this.key = key;
        this.players = players;
    }

    void begin(Steps steps) throws IOException, InterruptedException {
        steps.run("make " + BATCH + " presignatures with nodes " + players, this::make);
        steps.run("sign from one of them, without a word between the nodes", this::use);
    }

    /** After one of the players started again. */
    void requireVoid(Steps steps) throws IOException, InterruptedException {
        steps.run("see the old presignatures of nodes " + players + " refused", this::requireVoid);
    }

    void beginAnew(Steps steps) throws IOException, InterruptedException {
        steps.run("make " + BATCH + " new presignatures with nodes " + players, this::make);
        steps.run("sign from one of the new ones", this::use);
    }

    /** After a reshare of the key. */
    void requireGone(Steps steps) throws IOException, InterruptedException {
        steps.run("see the presignatures of the old epoch gone", () -> requireHeld(tsm.players(), 0));
    }

    private void make() {
        unused.clear();
        unused.addAll(tsm.presign(key.keyId(), players, BATCH).presignatureIds());
    }

    private void use() {
        unused.remove(signatures.signPresigned(key, players));
        requireHeld(players, BATCH - 1);
    }

    /** No node holds one, and naming those that nobody used does not help. */
    private void requireVoid() {
        requireHeld(tsm.players(), 0);
        unused.forEach(this::requireRefused);
    }

    private void requireRefused(Bytes id) {
        try {
            tsm.signWithPresignature(Signatures.signing(key, Signable.ROOT_PATH, players), id);
        } catch (TsmException refusal) {
            if (refusal.code() == ProblemCode.PRESIGNATURE_SPENT) {
                return;
            }
            throw refusal;
        }
        throw new CommandFailed(
                ProblemCode.INTERNAL,
                "nodes " + players + " used presignature " + id + ", which one of them had forgotten");
    }

    private void requireHeld(List<Integer> holders, int expected) {
        var levels = tsm.presignatureCount(key.keyId());
        levels.failure().ifPresent(failure -> {
            throw failure;
        });
        levels.given().forEach((player, held) -> {
            if (holders.contains(player) && held.count() != expected) {
                throw new CommandFailed(
                        ProblemCode.INTERNAL,
                        "node " + player + " holds " + held.count() + " presignatures instead of " + expected);
            }
        });
    }
}
