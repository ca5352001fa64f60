package quorate.cli.demo;

import java.io.IOException;
import java.util.List;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.Signable;
import quorate.cli.cluster.Clients;
import quorate.cli.terminal.CommandFailed;

/** Every node gets a new share of every key; the public keys stay, and every pair signs on. */
final class ReshareStory {
    private final Clients clients;
    private final Signatures signatures;
    private final List<KeyInfo> keys;

    ReshareStory(Clients clients, Signatures signatures, List<KeyInfo> keys) {
        this.clients = clients;
        this.signatures = signatures;
        this.keys = List.copyOf(keys);
    }

    void tell(Steps steps, List<List<Integer>> pairs) throws IOException, InterruptedException {
        steps.run("reshare the keys", () -> keys.forEach(this::reshare));
        for (var pair : pairs) {
            steps.run("sign with nodes " + pair + " in the new epoch", () -> keys.forEach(
                    key -> signatures.sign(key, Signable.ROOT_PATH, pair)));
        }
    }

    private void reshare(KeyInfo key) {
        var reshared = clients.tsm().reshare(key.keyId(), clients.admins());
        boolean renewed = reshared.epoch() == key.epoch() + 1
                && !reshared.shareId().equals(key.shareId())
                && reshared.publicKey().equals(key.publicKey());
        if (!renewed) {
            throw new CommandFailed(
                    ProblemCode.INTERNAL,
                    "key " + key.keyId() + " is at epoch " + reshared.epoch() + " with public key "
                            + reshared.publicKey().hex());
        }
    }
}
