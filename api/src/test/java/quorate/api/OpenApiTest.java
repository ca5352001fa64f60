package quorate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** openapi.yaml and the records say the same. */
class OpenApiTest {
    private static final JsonNode API = load();
    private static final List<Class<?>> RECORDS = List.of(
            Live.class,
            Ready.class,
            Status.class,
            Peer.class,
            Event.class,
            StatusProblem.class,
            GenerateKey.class,
            KeyInfo.class,
            OfferedSharing.class,
            Reshare.class,
            Redistribute.class,
            Redistributed.class,
            PlayerCard.class,
            RegisteredPlayer.class,
            ExportKey.class,
            ExportedShare.class,
            ImportKey.class,
            ImportSignature.class,
            WrappingKey.class,
            Resolve.class,
            KeySharings.class,
            KnownSharing.class,
            Adopt.class,
            AdoptionApproval.class,
            KeyList.class,
            UnsoundKey.class,
            DeletedShare.class,
            SignRequest.class,
            Taproot.class,
            SignResult.class,
            Presign.class,
            Presigned.class,
            PresignatureLevels.class,
            PresignaturePool.class,
            DeletedPresignatures.class,
            NextPresignature.class,
            HandOut.class,
            PartialRequest.class,
            PartialSignature.class,
            Refill.class,
            StandingOrder.class,
            Pair.class,
            PairApproval.class,
            RepairShare.class,
            ShareRepair.class,
            Operation.class,
            PauseRequest.class,
            ResumeRequest.class,
            PauseState.class,
            CreateShareBackup.class,
            ShareBackup.class,
            CreateRecoveryProof.class,
            ValidatedProof.class,
            CreateBackup.class,
            BackupResult.class,
            BackupRecord.class,
            BackupList.class,
            RecordDrill.class,
            Drill.class,
            Requirements.class,
            Requirement.class,
            Problem.class);

    @Test
    void everyObjectOfTheDescriptionIsARecord() {
        var objects = new TreeSet<String>();
        API.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().path("type").asText().equals("object")) {
                objects.add(schema.getKey());
            }
        });

        assertThat(RECORDS.stream().map(Class::getSimpleName)).containsExactlyInAnyOrderElementsOf(objects);
    }

    @ParameterizedTest
    @MethodSource("records")
    void recordHasTheMembersOfItsSchema(Class<?> record) {
        var schema = schema(record.getSimpleName());
        var components = record.getRecordComponents();

        assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
        assertThat(schema.path("additionalProperties").asBoolean()).isFalse();
        assertThat(Arrays.stream(components).map(RecordComponent::getName))
                .containsExactlyInAnyOrderElementsOf(names(schema.path("properties").fieldNames()));
        assertThat(Arrays.stream(components).filter(c -> !nullable(c)).map(RecordComponent::getName))
                .containsExactlyInAnyOrderElementsOf(
                        StreamSupport.stream(schema.path("required").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList());
        for (var component : components) {
            var member = schema.path("properties").path(component.getName());
            assertThat(jsonType(member))
                    .as(record.getSimpleName() + "." + component.getName())
                    .isEqualTo(jsonType(component.getGenericType()));
        }
    }

    static Stream<Class<?>> records() {
        return RECORDS.stream();
    }

    @Test
    void everyEnumHasTheSameValuesInTheSameOrder() {
        assertThat(values("/components/schemas/Scheme")).isEqualTo(wire(Scheme.values(), Scheme::wireName));
        assertThat(values("/components/schemas/Curve")).isEqualTo(wire(Curve.values(), Curve::wireName));
        assertThat(values("/components/schemas/BackupState"))
                .isEqualTo(wire(BackupState.values(), BackupState::wireName));
        assertThat(values("/components/schemas/KeyInfo/properties/state"))
                .isEqualTo(wire(KeyState.values(), KeyState::wireName));
        assertThat(values("/components/schemas/Ready/properties/reason"))
                .isEqualTo(wire(NotReady.values(), NotReady::wireName));
        assertThat(values("/components/schemas/Pair/properties/state"))
                .isEqualTo(wire(PairState.values(), PairState::wireName));
        assertThat(values("/components/schemas/PairApproval/properties/state"))
                .isEqualTo(wire(ApprovalState.values(), ApprovalState::wireName));
        assertThat(values("/components/schemas/AdoptionApproval/properties/state"))
                .isEqualTo(wire(ApprovalState.values(), ApprovalState::wireName));
        assertThat(values("/components/schemas/ShareRepair/properties/state"))
                .isEqualTo(wire(RepairState.values(), RepairState::wireName));
        assertThat(values("/components/schemas/Operation/properties/state"))
                .isEqualTo(wire(OperationState.values(), OperationState::wireName));
        assertThat(values("/components/schemas/Operation/properties/protocol"))
                .isEqualTo(wire(OperationProtocol.values(), OperationProtocol::wireName));
        assertThat(values("/components/schemas/ProblemCode"))
                .isEqualTo(wire(ProblemCode.values(), ProblemCode::name));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = API.findValuesAsText("$ref");

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        API.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @Test
    void everyOperationNamesItsRolesAndItsProblems() {
        API.path("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            var operation = method.getValue();
            if (operation.has("operationId") && !operation.has("security")) {
                assertThat(operation.path("x-roles").isEmpty()).as(path.getKey()).isFalse();
                assertThat(operation.at("/responses/default/$ref").asText())
                        .as(path.getKey())
                        .isEqualTo("#/components/responses/Problem");
            }
        }));
    }

    @Test
    void onlyHealthNeedsNoCredential() {
        var open = new TreeSet<String>();
        API.path("paths").properties().forEach(path -> path.getValue().forEach(operation -> {
            if (operation.has("security")) {
                open.add(path.getKey());
            }
        }));

        assertThat(open).containsExactly("/v1/health/live", "/v1/health/ready");
    }

    private static JsonNode load() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object tree = new Yaml(new SafeConstructor(options))
                .load(new String(ApiDescription.read(), StandardCharsets.UTF_8));
        return new ObjectMapper().valueToTree(tree);
    }

    private static JsonNode schema(String name) {
        return API.at("/components/schemas/" + name);
    }

    private static List<String> values(String pointer) {
        return StreamSupport.stream(API.at(pointer).path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static <E> List<String> wire(E[] values, Function<E, String> name) {
        return Arrays.stream(values).map(name).toList();
    }

    private static List<String> names(Iterator<String> names) {
        return Stream.iterate(names, Iterator::hasNext, n -> n)
                .map(Iterator::next)
                .toList();
    }

    private static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The JSON type of a member, with references followed. */
    private static String jsonType(JsonNode member) {
        if (member.has("$ref")) {
            var target = API.at(member.path("$ref").asText().substring(1));
            return target.path("type").asText().equals("object")
                    ? member.path("$ref").asText().replaceAll(".*/", "")
                    : jsonType(target);
        }
        if (member.has("allOf")) {
            return jsonType(member.path("allOf").get(0));
        }
        if (member.path("type").asText().equals("array")) {
            return "[" + jsonType(member.path("items")) + "]";
        }
        var format = member.path("format").asText();
        return member.path("type").asText() + (format.isEmpty() ? "" : ":" + format);
    }

    /** The JSON type that a component of this Java type is written as. */
    private static String jsonType(Type type) {
        if (type instanceof ParameterizedType list) {
            return "[" + jsonType(list.getActualTypeArguments()[0]) + "]";
        }
        var simple = Map.of(
                int.class, "integer:int32",
                Integer.class, "integer:int32",
                long.class, "integer:int64",
                Long.class, "integer:int64",
                boolean.class, "boolean",
                Boolean.class, "boolean",
                String.class, "string",
                Bytes.class, "string",
                Instant.class, "string:date-time");
        var plain = (Class<?>) type;
        if (plain.isEnum()) {
            return "string";
        }
        return simple.getOrDefault(plain, plain.getSimpleName());
    }
}
