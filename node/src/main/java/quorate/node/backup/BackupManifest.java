package quorate.node.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quorate.node.identity.Bytes32;

/**
 * What a backup file says of itself. The node signs the bytes of this record's JSON, and they are read back
 * as they stand. Bytes are hex; times are ISO 8601 in UTC.
 *
 * @param format of the file, 1
 * @param backupId the same for all nodes of one backup
 * @param player the node's number
 * @param nodeId id_i of protocols.md 0.4: names the node's two long-lived keys
 * @param database the database incarnation dbi of protocols.md 15.1
 * @param masterKey fingerprint of the master key that seals the shares
 * @param schema version of the database schema
 * @param roster every player's public identity, in ascending order
 * @param keys every key of which the database holds a sharing or an open operation
 * @param unsound keys whose record failed DKG-7 when the backup was taken; not among {@code keys}
 * @param contentBytes length of the content
 * @param contentSha256 digest of the content
 */
record BackupManifest(
        @JsonProperty(required = true) int format,
        @JsonProperty(required = true) String backupId,
        @JsonProperty(required = true) int player,
        @JsonProperty(required = true) String nodeId,
        @JsonProperty(required = true) String createdAt,
        @JsonProperty(required = true) String software,
        @JsonProperty(required = true) int schema,
        @JsonProperty(required = true) String database,
        @JsonProperty(required = true) String masterKey,
        @JsonProperty(required = true) int threshold,
        @JsonProperty(required = true) List<Member> roster,
        @JsonProperty(required = true) List<Key> keys,
        @JsonProperty(required = true) List<Unsound> unsound,
        @JsonProperty(required = true) long contentBytes,
        @JsonProperty(required = true) String contentSha256) {
    static final int FORMAT = 1;
    /** A pebibyte: far beyond any database, and far below where lengths overflow. */
    private static final long CONTENT_BYTES_MAX = 1L << 50;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
            .build();

    BackupManifest {
        roster = List.copyOf(roster);
        keys = List.copyOf(keys);
        unsound = List.copyOf(unsound);
    }

    /** One node of the installation, all public. */
    record Member(
            @JsonProperty(required = true) int player,
            @JsonProperty(required = true) String tlsSha256,
            @JsonProperty(required = true) String statementKey) {}

    /**
     * One sharing of one key.
     *
     * @param state {@code active}, or {@code unfinished} while the operation that makes it is open
     * @param shareId the fingerprint of its commitments, protocols.md 0.4
     */
    record Key(
            @JsonProperty(required = true) String keyId,
            @JsonProperty(required = true) String publicKey,
            @JsonProperty(required = true) String scheme,
            @JsonProperty(required = true) String curve,
            @JsonProperty(required = true) int threshold,
            @JsonProperty(required = true) List<Integer> players,
            @JsonProperty(required = true) long epoch,
            @JsonProperty(required = true) String shareId,
            @JsonProperty(required = true) String state) {
        Key {
            players = List.copyOf(players);
        }
    }

    /** One key that is in the content as it is, and cannot be used. */
    record Unsound(
            @JsonProperty(required = true) String keyId, @JsonProperty(required = true) String defect) {}

    /** How many keys are in it, sound or not. */
    int keyCount() {
        return keys.size() + unsound.size();
    }

    boolean isUnsound(String keyId) {
        return unsound.stream().anyMatch(key -> key.keyId().equals(keyId));
    }

    /**
     * What the types do not say: hex where hex belongs, a time, lengths that can be.
     *
     * @throws IllegalArgumentException or {@link java.time.DateTimeException} naming what is wrong
     */
    void requireForm() {
        Instant.parse(createdAt);
        Bytes32.of(HexFormat.of().parseHex(nodeId));
        var members = new HashSet<Integer>();
        for (var member : roster) {
            Bytes32.of(HexFormat.of().parseHex(member.statementKey()));
            require(members.add(member.player()), "player " + member.player() + " is in the roster twice");
        }
        var names = new HashSet<String>();
        for (var key : keys) {
            require(names.add(key.keyId()), "key " + key.keyId() + " is listed twice");
            require(
                    key.threshold() >= 2 && key.players().size() >= key.threshold(),
                    "key " + key.keyId() + " has no possible threshold");
        }
        for (var key : unsound) {
            require(names.add(key.keyId()), "key " + key.keyId() + " is listed twice");
        }
        require(contentBytes >= 0 && contentBytes <= CONTENT_BYTES_MAX, "contentBytes is " + contentBytes);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    Optional<Member> member(int index) {
        return roster.stream().filter(member -> member.player() == index).findFirst();
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The format alone: a newer one has members that this release does not know. */
    static int formatOf(byte[] json) throws IOException {
        var format = JSON.readTree(json).path("format");
        if (!format.isInt()) {
            throw new IOException("it names no format");
        }
        return format.intValue();
    }

    static BackupManifest ofJson(byte[] json) throws IOException {
        @Nullable BackupManifest manifest = JSON.readValue(json, BackupManifest.class);
        if (manifest == null) {
            throw new IOException("it is null");
        }
        return manifest;
    }
}
