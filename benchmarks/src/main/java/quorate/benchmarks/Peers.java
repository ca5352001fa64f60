package quorate.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import quorate.algebra.Groups;

/**
 * Measures the {@link Shapes} that figures of other implementations exist of. Usage: {@code Peers SECONDS [--json]}: so
 * many seconds for each figure; with {@code --json} one object of medians, else a table that names the best peer.
 */
public final class Peers {
    private final List<Figure> figures = new ArrayList<>();

    private Peers() {}

    public static void main(String[] arguments) {
        var peers = new Peers();
        peers.measure(new Shapes(Double.parseDouble(arguments[0])));
        if (List.of(arguments).contains("--json")) {
            peers.printJson();
        } else {
            peers.printTable();
        }
    }

    // The peers' figures were measured on a machine of this class in November 2026: ECDSA against the two-party protocol
    // of cb-mpc and its OT protocol of 3 and 5; keys against Doerner of taurus; Schnorr against FROST of taurus; publicly
    // verifiable encryption against cb-mpc.
    private void measure(Shapes shapes) {
        each("ecdsa.sign", shapes::signature, compared(2, 19.9, 6), compared(3, 275, 12), compared(5, 739, 40));
        add("ecdsa.presign.2.cpu", shapes.presignature(), compared(2, 332, 6));
        each("ecdsa.final", shapes::signatureOfPresignature, compared(2, 0.69, 0.3), compared(3, 1.09, 0.4));
        each("dkg.ecdsa", shapes::keys, compared(2, 42.4, 25), compared(3, 0, 60), compared(5, 0, 180));
        each(
                "frost.secp256k1",
                parties -> shapes.schnorr(Groups.SECP256K1, parties),
                compared(2, 1.84, 1),
                compared(3, 3.71, 2),
                compared(5, 9.93, 5));
        each(
                "frost.ed25519",
                parties -> shapes.schnorr(Groups.ED25519, parties),
                compared(2, 1.84, 1),
                compared(3, 3.71, 2),
                compared(5, 9.93, 5));
        add("pve.rsa2048.create", shapes.proof(1), compared(1, 9.2, 15));
        add("pve.rsa2048.verify", shapes.verification(1), compared(1, 5.6, 9));
        add("pve.rsa2048.batch16.create", shapes.proof(16), compared(1, 43.1, 45));
        add("pve.rsa2048.batch16.verify", shapes.verification(16), compared(1, 39, 40));
        figures.add(new Figure("ecdsa.bytes.2", "bytes", shapes.bytesOfASignature(), 0, 0, 90_000));
    }

    /** What one figure is compared with, in ms; 0 where no peer published one. */
    private record Compared(int parties, double peer, double target) {}

    private static Compared compared(int parties, double peer, double target) {
        return new Compared(parties, peer, target);
    }

    private void each(String name, IntFunction<Stopwatch.Result> shape, Compared... compared) {
        for (var with : compared) {
            add(name + "." + with.parties(), shape.apply(with.parties()), with);
        }
    }

    private void add(String name, Stopwatch.Result result, Compared with) {
        figures.add(new Figure(name, "ms", result.median(), result.cold(), with.peer(), with.target()));
        System.err.printf(Locale.ROOT, "%s %.3f%n", name, result.median());
    }

    private void printJson() {
        var medians = JsonNodeFactory.instance.objectNode();
        figures.forEach(figure -> medians.put(figure.name(), Math.round(figure.median() * 1000) / 1000.0));
        System.out.println(medians);
    }

    private void printTable() {
        System.out.println("| operation | median | unit | first in a process | best peer | target |");
        System.out.println("|---|---|---|---|---|---|");
        for (var figure : figures) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s |%n",
                    figure.name(),
                    shown(figure.median()),
                    figure.unit(),
                    shown(figure.cold()),
                    shown(figure.peer()),
                    shown(figure.target()));
        }
    }

    private static String shown(double value) {
        if (value == 0) {
            return "–";
        }
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
