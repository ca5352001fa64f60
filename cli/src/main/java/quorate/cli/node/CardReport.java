package quorate.cli.node;

import java.util.List;
import quorate.cli.terminal.Outcome;

/** A card on standard output, ready to be redirected into a file, and its fingerprint beside it. */
final class CardReport {
    private CardReport() {}

    static Outcome of(Founding.Card card) {
        return Outcome.of(card.json(), List.of(card.text().stripTrailing()))
                .noting("id to read aloud: " + card.fingerprint());
    }
}
