package quorate.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Reads and writes the records of this package.
 *
 * <p>Strict: repeated members, trailing tokens, null or absence of what is required, a number where a string belongs
 * and the like are refused, and so are unknown members of a request. In an answer unknown members are ignored, so
 * that a newer node may say more than this version understands.
 */
public final class Json {
    private static final int MAX_NESTING = 16;
    private static final int MAX_NUMBER_LENGTH = 32;
    private static final int MAX_STRING_LENGTH = 1 << 20;
    private static final JsonMapper MAPPER = mapper();

    private Json() {}

    /**
     * Reads a request.
     *
     * @throws MalformedJson if it is not exactly what the schema allows
     */
    public static <T> T readRequest(byte[] body, Class<T> type) throws MalformedJson {
        return read(body, type, MAPPER.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    /**
     * Reads an answer, ignoring members that this version does not know.
     *
     * @throws MalformedJson if it is not what the schema allows
     */
    public static <T> T readAnswer(byte[] body, Class<T> type) throws MalformedJson {
        return read(body, type, MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    /** The value as one line of UTF-8. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /** A mapper with the same rules, for files and command-line output that embed these records. */
    public static ObjectMapper strictMapper() {
        return MAPPER.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    private static <T> T read(byte[] body, Class<T> type, ObjectReader reader) throws MalformedJson {
        try {
            T value = reader.forType(type).readValue(body);
            if (value == null) {
                throw new MalformedJson(ProblemCode.BAD_REQUEST, "the body is null");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new MalformedJson(ProblemCode.UNKNOWN_MEMBER, "unknown member " + path(e));
        } catch (JsonMappingException e) {
            throw new MalformedJson(ProblemCode.BAD_REQUEST, explain(e));
        } catch (IOException e) {
            throw new MalformedJson(ProblemCode.BAD_REQUEST, "the body is not a single JSON object");
        }
    }

    /** A record says itself what it misses; of Jackson's own words only the place is worth repeating. */
    private static String explain(JsonMappingException e) {
        if (e.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
            var place = path(e);
            return place.isEmpty() ? refused.getMessage() : place + ": " + refused.getMessage();
        }
        var place = path(e);
        return place.isEmpty() ? "the body is not the expected JSON object" : place + " has a wrong type or value";
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static JsonMapper mapper() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(MAX_STRING_LENGTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        factory.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
        return JsonMapper.builder(factory)
                .addModule(new InstantModule())
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, config -> {
                    for (var shape : new CoercionInputShape[] {
                        CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
                    }) {
                        config.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .build();
    }
}
