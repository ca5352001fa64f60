package quorate.acceptance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import java.util.Random;

/** What may know what. */
@AnalyzeClasses(packages = "quorate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "quorate.algebra..", "quorate.rounds..", "quorate.protocols..", "quorate.store..", "quorate.node.."
    };

    @ArchTest
    static final ArchRule ALGEBRA_KNOWS_NOTHING_OF_OURS = noClasses()
            .that().resideInAPackage("quorate.algebra..")
            .should().dependOnClassesThat(
                    resideInAPackage("quorate..").and(resideOutsideOfPackage("quorate.algebra..")));

    @ArchTest
    static final ArchRule STORE_KNOWS_NOTHING_OF_OURS = noClasses()
            .that().resideInAPackage("quorate.store..")
            .should().dependOnClassesThat(resideInAPackage("quorate..").and(resideOutsideOfPackage("quorate.store..")));

    @ArchTest
    static final ArchRule ROUNDS_AND_PROTOCOLS_KNOW_NEITHER_STORE_NOR_NETWORK = noClasses()
            .that().resideInAnyPackage("quorate.rounds..", "quorate.protocols..")
            .should().dependOnClassesThat(resideInAnyPackage(
                    "quorate.node..", "quorate.store..", "quorate.api..", "quorate.sdk..", "quorate.cli..",
                    "java.net..", "java.net.http..", "java.sql.."));

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
                    "quorate.commit..", "quorate.pair..", "quorate.vole.."));

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
            .that().resideInAnyPackage("quorate.algebra", "quorate.rounds..", "quorate.protocols..")
            .should().dependOnClassesThat().areAssignableTo(BigInteger.class);

    private ArchitectureTest() {}
}
