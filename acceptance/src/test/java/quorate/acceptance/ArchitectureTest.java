package quorate.acceptance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** What may know what. */
@AnalyzeClasses(packages = "quorate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** One package per protocol: the folder of the module says which. */
    private static final String[] PROTOCOLS = packages("protocols");

    private static final String[] CORE =
            and(PROTOCOLS, "quorate.algebra..", "quorate.rounds..", "quorate.store..", "quorate.node..");

    private static final String[] STORE_AND_ABOVE = {
        "quorate.node..", "quorate.store..", "quorate.api..", "quorate.sdk..", "quorate.cli.."
    };

    /** A package that moves elsewhere takes its rules along, and a name that leads nowhere is found. */
    @ArchTest
    static void everyNamedPackageExists(JavaClasses classes) {
        assertThat(PROTOCOLS).contains("quorate.key", "quorate.frost", "quorate.commit");
        for (var name : and(CORE, STORE_AND_ABOVE)) {
            assertThat(classes).as(name).anyMatch(resideInAPackage(name));
        }
    }

    @ArchTest
    static final ArchRule ALGEBRA_KNOWS_NOTHING_OF_OURS = noClasses()
            .that().resideInAPackage("quorate.algebra..")
            .should().dependOnClassesThat(
                    resideInAPackage("quorate..").and(resideOutsideOfPackage("quorate.algebra..")));

    /** What opens a recovery file runs where nothing else of ours is. */
    @ArchTest
    static final ArchRule RECOVERY_KNOWS_ALGEBRA_ONLY = noClasses()
            .that().resideInAnyPackage("quorate.recovery..", "quorate.rsa..")
            .should().dependOnClassesThat(resideInAPackage("quorate..")
                    .and(resideOutsideOfPackage("quorate.recovery.."))
                    .and(resideOutsideOfPackage("quorate.rsa.."))
                    .and(resideOutsideOfPackage("quorate.algebra..")));

    @ArchTest
    static final ArchRule STORE_KNOWS_NOTHING_OF_OURS = noClasses()
            .that().resideInAPackage("quorate.store..")
            .should().dependOnClassesThat(resideInAPackage("quorate..").and(resideOutsideOfPackage("quorate.store..")));

    @ArchTest
    static final ArchRule ROUNDS_AND_PROTOCOLS_KNOW_NEITHER_STORE_NOR_NETWORK = noClasses()
            .that().resideInAnyPackage(and(PROTOCOLS, "quorate.rounds.."))
            .should().dependOnClassesThat(
                    resideInAnyPackage(and(STORE_AND_ABOVE, "java.net..", "java.net.http..", "java.sql..")));

    @ArchTest
    static final ArchRule ROUNDS_KNOW_NO_PROTOCOL = noClasses()
            .that().resideInAPackage("quorate.rounds..")
            .should().dependOnClassesThat(resideInAnyPackage(PROTOCOLS));

    @ArchTest
    static final ArchRule NODE_KNOWS_NO_CLIENT = noClasses()
            .that().resideInAPackage("quorate.node..")
            .should().dependOnClassesThat(resideInAnyPackage("quorate.sdk..", "quorate.cli..", "quorate.testkit.."));

    /** And the public mathematics: it puts the parts of a signature together and derives public keys. */
    @ArchTest
    static final ArchRule CLIENT_KNOWS_NO_NODE = noClasses()
            .that().resideInAPackage("quorate.sdk..")
            .should().dependOnClassesThat(resideInAnyPackage(
                    "quorate.node..", "quorate.store..", "quorate.cli..", "quorate.testkit..", "quorate.keygen..",
                    "quorate.dealing..", "quorate.reshare..",
                    "quorate.commit..", "quorate.pair..", "quorate.repair..", "quorate.vole.."));

    @ArchTest
    static final ArchRule RANDOMNESS_IS_SECURE = noClasses()
            .that().resideInAnyPackage(CORE)
            .should().callConstructor(Random.class)
            .orShould().callConstructor(Random.class, long.class)
            .orShould().callMethod(Math.class, "random")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED = noClasses()
            .that().resideInAnyPackage(CORE)
            .should().accessField(System.class, "out")
            .orShould().accessField(System.class, "err");

    /** BigInteger takes time that depends on its value; tables of public constants are computed with it, inside. */
    @ArchTest
    static final ArchRule SECRETS_ARE_NO_BIG_INTEGERS = noClasses()
            .that().resideInAnyPackage(and(PROTOCOLS, "quorate.algebra", "quorate.rounds.."))
            .should().dependOnClassesThat().areAssignableTo(BigInteger.class);

    private static String[] packages(String module) {
        var sources = Path.of("..", module, "src", "main", "java");
        try (var files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .distinct()
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] and(String[] packages, String... more) {
        return Stream.concat(Arrays.stream(packages), Arrays.stream(more)).toArray(String[]::new);
    }

    private ArchitectureTest() {}
}
