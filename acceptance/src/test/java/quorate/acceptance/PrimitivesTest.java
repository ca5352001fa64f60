package quorate.acceptance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Hashes, randomness, clocks and numbers of unbounded time are used where they belong, and nowhere else. */
@AnalyzeClasses(packages = "quorate", importOptions = ImportOption.DoNotIncludeTests.class)
class PrimitivesTest {
    /** What users run; testkit and benchmarks are not. */
    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("quorate..")
            .and(DescribedPredicate.not(
                    resideInAPackage("quorate.testkit..").or(resideInAPackage("quorate.benchmarks.."))
                            .or(resideInAPackage("quorate.acceptance.."))));

    private static final DescribedPredicate<JavaClass> WIRING =
            named("quorate.cli.Main", "quorate.cli.Wiring", "quorate.node.NodeProcess", "quorate.recovery.tool.Main");

    /** Everything else hashes by Transcript, which frames and separates. */
    @ArchTest
    static final ArchRule FEW_CLASSES_HASH = noClasses()
            .that(OURS.and(DescribedPredicate.not(named(
                    "quorate.algebra.Sha256",
                    "quorate.ecdsa.MessageHash",
                    "quorate.frost.Sha2",
                    "quorate.recovery.key.ScalarSigner",
                    "quorate.rsa.Fingerprint",
                    "quorate.store.Sha256",
                    "quorate.transfer.Digest",
                    "quorate.node.identity.Bytes32",
                    "quorate.node.backup.BackupFile",
                    "quorate.cli.backup.NodeBackupFiles",
                    "quorate.sdk.PinnedKey"))))
            .should().callMethod(MessageDigest.class, "getInstance", String.class);

    /** All public: constants of curves, points to decode, finished signatures, RSA moduli, serial numbers. */
    @ArchTest
    static final ArchRule NO_SECRET_IS_A_BIG_INTEGER = noClasses()
            .that(OURS.and(DescribedPredicate.not(named(
                    "quorate.algebra.internal.BaseTable",
                    "quorate.algebra.internal.Curve",
                    "quorate.algebra.internal.Endomorphism",
                    "quorate.algebra.internal.Limbs",
                    "quorate.algebra.internal.P256Curve",
                    "quorate.algebra.internal.P256Field",
                    "quorate.algebra.internal.PrimeField",
                    "quorate.algebra.internal.ScalarField",
                    "quorate.algebra.internal.Secp256k1Curve",
                    "quorate.algebra.internal.Secp256k1Field",
                    "quorate.algebra.internal.SignedWindows",
                    "quorate.algebra.internal.SimplifiedSwu",
                    "quorate.algebra.internal.WideScalars",
                    "quorate.node.identity.TlsKey",
                    "quorate.node.key.PlatformEcdsa",
                    "quorate.recovery.key.Keystore",
                    "quorate.rsa.Montgomery",
                    "quorate.rsa.PemRsaKey",
                    "quorate.rsa.RsaRecipient",
                    "quorate.rsa.WeakModulus",
                    "quorate.sdk.PlatformEcdsa"))))
            .should().dependOnClassesThat().areAssignableTo(BigInteger.class);

    @ArchTest
    static final ArchRule RANDOMNESS_COMES_THROUGH_CONSTRUCTORS = noClasses()
            .that(OURS.and(DescribedPredicate.not(WIRING)))
            .should().callConstructor(SecureRandom.class)
            .orShould().callMethod(SecureRandom.class, "getInstance", String.class)
            .orShould().callMethod(SecureRandom.class, "getInstanceStrong")
            .orShould().callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule TIME_COMES_THROUGH_CONSTRUCTORS = noClasses()
            .that(OURS.and(DescribedPredicate.not(WIRING)))
            .should().callMethod(Instant.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(Clock.class, "systemUTC")
            .orShould().callMethod(Clock.class, "systemDefaultZone");

    private static DescribedPredicate<JavaClass> named(String... names) {
        var all = Set.of(names);
        return DescribedPredicate.describe(
                "one of " + all, type -> all.contains(type.getName().replaceAll("\\$.*", "")));
    }

    private PrimitivesTest() {}
}
