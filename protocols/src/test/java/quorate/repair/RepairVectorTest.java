package quorate.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.table.Agreements;
import quorate.testkit.vectors.Vectors;

class RepairVectorTest {
    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    /** Every value of the vector: the record, both digests, points, sums and the share. */
    @Test
    void repairsAsTheKnownAnswers() throws Exception {
        var answer = known("repair");
        var patient = new Patient(refreshed(), 2, Set.of(1, 3), scope);
        var agreements = patient.agreements();
        assertThat(agreements.getFirst().ctx()).isEqualTo(hex(answer, "ctx"));

        var table = patient.table();
        var outcome = table.run();

        var helpers = List.of(1, 3);
        for (int helper : helpers) {
            var opening = table.payload(2, true, helper, 2);
            assertThat(Arrays.copyOf(opening, 32)).isEqualTo(hex(answer, "D1"));
            assertThat(Arrays.copyOfRange(opening, 32, opening.length - 32))
                    .isEqualTo(joined(answer.required("Dl").required(String.valueOf(helper))));
            assertThat(table.payload(3, true, helper, 2)).isEqualTo(hex(answer, "D2"));
            assertThat(table.payload(3, false, helper, 2))
                    .isEqualTo(hex(answer.required("sigma").required(String.valueOf(helper))));
            assertThat(outcome.of(helper)).isInstanceOf(RepairOutcome.Helped.class);
        }
        assertThat(outcome.of(2)).isInstanceOfSatisfying(RepairOutcome.Repaired.class, repaired -> {
            assertThat(repaired.share().secret().exposeFor(Purpose.SEALING)).isEqualTo(hex(answer, "x_r"));
            assertThat(repaired.share().sharing().shareId()).isEqualTo(patient.sharing().shareId());
        });
    }

    /** rec is that of a redistribution, for which there is a known answer of the same sharing. */
    @Test
    void encodesTheRecordAsTheKnownAnswers() throws Exception {
        var sharing = Objects.requireNonNull(refreshed().get(1)).sharing();
        assertThat(KeyRecord.of(sharing, Agreements.ids(3), new byte[0]).encode())
                .isEqualTo(hex(known("redistribution"), "rec"));
    }

    /** The sums of the Zcash Foundation's repairable shares. */
    @ParameterizedTest
    @CsvSource({"ED25519, ed25519", "P256, p256", "SECP256K1, secp256k1", "SECP256K1, secp256k1-tr"})
    void addsUpAsThePublishedVectors(String name, String file) throws Exception {
        var group = group(name);
        var vector = Vectors.json("zf-frost/repair-share-" + file + ".json");
        assertSum(group, vector.required("scalar_generation"), "random_scalar_", 3);
        assertSum(group, vector.required("sigma_generation"), "sigma_", 4);
    }

    private void assertSum(Group group, JsonNode values, String prefix, int count) throws Exception {
        var sum = Sum.read(group, scope, hex(values, prefix + 1)).value();
        for (int i = 2; i <= count; i++) {
            sum = sum.plus(Sum.read(group, scope, hex(values, prefix + i)).value());
        }
        assertThat(new Sum(sum).encode()).isEqualTo(hex(values, prefix + "sum"));
    }

    private static Group group(String name) {
        return switch (name) {
            case "ED25519" -> Groups.ED25519;
            case "P256" -> Groups.P256;
            case "SECP256K1" -> Groups.SECP256K1;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The Ed25519 key after the refresh: epoch 1. */
    private SortedMap<Integer, KeyShare> refreshed() throws Exception {
        var refresh = known("refresh");
        var group = Groups.ED25519;
        var coefficients = new ArrayList<Point>();
        for (var point : refresh.required("A")) {
            coefficients.add(group.decodePoint(hex(point)));
        }
        var chainCode = hex(known("dkg").get(2), "cc");
        var sharing =
                new Sharing(Agreements.KEY_ID, Scheme.SCHNORR, 3, 1, chainCode, new PublicPolynomial(coefficients));
        var shares = new TreeMap<Integer, KeyShare>();
        for (int i = 1; i <= 3; i++) {
            var x = group.decodeSecret(scope, hex(refresh.required("x").get(i - 1)));
            shares.put(i, new KeyShare(sharing, i, x));
        }
        return shares;
    }

    private static byte[] joined(JsonNode points) {
        return Encoding.concat(Vectors.stream(points).map(Vectors::hex).toArray(byte[][]::new));
    }
}
