package quorate.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Times as RFC 3339 in UTC, without a dependency for it. */
final class InstantModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    InstantModule() {
        super("quorate-instants");
        addSerializer(Instant.class, new Write());
        addDeserializer(Instant.class, new Read());
    }

    private static final class Write extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        Write() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class Read extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        Read() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_STRING || !in.getText().endsWith("Z")) {
                return context.reportInputMismatch(Instant.class, "not a time in UTC");
            }
            try {
                return Instant.parse(in.getText());
            } catch (DateTimeException e) {
                return context.reportInputMismatch(Instant.class, "not a time in UTC");
            }
        }
    }
}
