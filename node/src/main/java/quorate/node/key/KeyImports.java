package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import quorate.algebra.DecodingException;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.api.ImportKey;
import quorate.api.KeyInfo;
import quorate.api.OperationProtocol;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.commit.State;
import quorate.node.config.Caller;
import quorate.node.config.Roster;
import quorate.node.export.TransferProblems;
import quorate.node.export.WrappingKeys;
import quorate.node.problem.ProblemException;
import quorate.rounds.Check;
import quorate.rounds.StatementVerifier;
import quorate.store.Database;
import quorate.store.Role;
import quorate.transfer.ExportHeader;
import quorate.transfer.ImportTerms;
import quorate.transfer.ImportedShare;
import quorate.transfer.TransferRefused;
import quorate.transfer.TransferRefused.Reason;

/**
 * Imports keys (protocols.md 7.3) and answers only when the key is CLEAN here. "Before anything is unwrapped every node
 * checks IMP-3"; the share is checked against its header before anything is said to a peer, and kept nowhere.
 */
public final class KeyImports {
    private final Database database;
    private final Self self;
    private final Supplier<Roster> roster;
    private final WrappingKeys wrapping;
    private final ImportCeremony ceremony;
    private final KeyOperations operations;
    private final Declining declining;
    private final StatementVerifier verifier;
    private final Clock clock;
    private final Set<Bytes> running = ConcurrentHashMap.newKeySet();

    public KeyImports(
            Database database,
            Self self,
            Supplier<Roster> roster,
            WrappingKeys wrapping,
            ImportCeremony ceremony,
            KeyOperations operations,
            Declining declining,
            StatementVerifier verifier,
            Clock clock) {
        this.database = database;
        this.self = self;
        this.roster = roster;
        this.wrapping = wrapping;
        this.ceremony = ceremony;
        this.operations = operations;
        this.declining = declining;
        this.verifier = verifier;
        this.clock = clock;
    }

    /** Imports the key, or joins the operation of this id. */
    public KeyInfo importKey(Caller caller, ImportKey request) throws InterruptedException {
        return declining.orTell(request.sessionId(), request.players(), () -> admit(caller, request));
    }

    private KeyInfo admit(Caller caller, ImportKey request) throws InterruptedException {
        requirePlayers(request);
        var named = new KeyOperations.Request(
                request.keyId(), request.sessionId(), OperationProtocol.IMPORT, request);
        return operations.run(named, key -> isOf(request, key), () -> {
            if (!running.add(request.exportId())) {
                throw repeated(request);
            }
            try {
                return run(caller, request);
            } catch (TransferRefused e) {
                throw TransferProblems.of(e);
            } finally {
                running.remove(request.exportId());
            }
        });
    }

    private CompletableFuture<State> run(Caller caller, ImportKey request)
            throws InterruptedException, TransferRefused {
        var header = header(request);
        var committee = committee(request);
        var terms = terms(caller, request, header);
        require(request, header, committee, terms);
        var blob = request.blob().toArray();
        // IMP-1: unwrap; curve; Y on a degree-t polynomial through pk; y_i < q, y_i*G == Y_i.
        var unwrapped = wrapping.unwrap(header.encode(), blob)
                .orElseThrow(() -> new TransferRefused(Reason.UNSOUND, "the blob does not open"));
        try (var secrets = new Secrets()) {
            var brought = ImportedShare.of(header, unwrapped, secrets);
            var order = new ImportCeremony.Order(request.keyId(), request.sessionId(), committee, terms);
            return ceremony.run(order, brought, secrets);
        } finally {
            Arrays.fill(unwrapped, (byte) 0);
        }
    }

    private void requirePlayers(ImportKey request) {
        if (request.players().getLast() > roster.get().size() || !request.players().contains(self.player())) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "players " + request.players() + " must be among the " + roster.get().size()
                            + " of the roster and include player " + self.player());
        }
    }

    private static ExportHeader header(ImportKey request) throws TransferRefused {
        try {
            var header = ExportHeader.decode(request.header().toArray());
            Attributes.decode(header.attributes());
            return header;
        } catch (DecodingException e) {
            throw new TransferRefused(Reason.UNSOUND, "the header is refused: " + e.getMessage());
        }
    }

    private Committee committee(ImportKey request) {
        return Committee.of(request.players().stream()
                .map(player -> {
                    var card = roster.get().player(player);
                    return new Committee.Member(player, card.tlsPin(), card.statementKey());
                })
                .toList());
    }

    private static ImportTerms terms(Caller caller, ImportKey request, ExportHeader header) {
        var chainCode = request.chainCode();
        return new ImportTerms(
                request.commonHeader().toArray(),
                expected(request, header),
                chainCode == null ? new byte[0] : ImportTerms.chainCodeHash(chainCode.toArray()),
                request.exportId().toArray(),
                request.source().stream().map(Bytes::toArray).toList(),
                caller.application(),
                request.keyId().getBytes(StandardCharsets.UTF_8));
    }

    /** ser(pk) as it is expected: a key of BIP-340 may be named by x alone. */
    private static byte[] expected(ImportKey request, ExportHeader header) {
        var point = Bytes.of(header.publicKey().encode());
        var shown = KeyNames.publicKey(KeyNames.nameOf(header.scheme()), header.publicKey());
        return request.publicKey().equals(shown) ? point.toArray() : request.publicKey().toArray();
    }

    /** IMP-3. */
    private void require(ImportKey request, ExportHeader header, Committee committee, ImportTerms terms)
            throws TransferRefused {
        var signed = new TreeMap<Integer, ImportTerms.Signed>();
        request.signatures().forEach(signature -> signed.put(
                signature.index(),
                new ImportTerms.Signed(
                        signature.wrappingKey().toArray(),
                        signature.blob().toArray(),
                        signature.signature().toArray())));
        var destination = new ImportTerms.Destination(
                committee.party(self.player()), wrapping.publicKey().fingerprint().bytes());
        terms.require(
                header,
                request.blob().toArray(),
                destination,
                signed,
                clock.instant().getEpochSecond(),
                verifier);
        if (header.players() != committee.size()) {
            throw new TransferRefused(
                    Reason.DESTINATION,
                    "it is for " + header.players() + " nodes, and " + committee.size() + " are to import it");
        }
        if (database.imports().isImported(quorate.store.Bytes.of(header.exportId()))) {
            throw repeated(request);
        }
        if (database.keys().find(request.keyId()).isPresent()) {
            throw exists("key id " + request.keyId() + " is used on this node");
        }
        if (!request.forced()) {
            requireNotHeld(header);
        }
    }

    /** "A live key with the same pk => refuse unless the client forces it." */
    private void requireNotHeld(ExportHeader header) {
        var point = quorate.store.Bytes.of(header.publicKey().encode());
        database.keys().all().stream()
                .filter(key -> database.keys()
                        .sharing(key.keyId(), Role.ACTIVE)
                        .filter(stored -> stored.sharing().publicKey().equals(point))
                        .isPresent())
                .findFirst()
                .ifPresent(key -> {
                    throw exists("key " + key.keyId() + " of this node has the same public key");
                });
    }

    private static ProblemException repeated(ImportKey request) {
        return new ProblemException(Problem.of(
                        ProblemCode.IMPORT_REPEATED,
                        Check.IMP_3 + ": export " + request.exportId().hex() + " was imported here before")
                .failing(Check.IMP_3.id()));
    }

    private static ProblemException exists(String detail) {
        return new ProblemException(Problem.of(ProblemCode.KEY_EXISTS, Check.IMP_3 + ": " + detail)
                .failing(Check.IMP_3.id()));
    }

    private static boolean isOf(ImportKey request, KeyInfo key) {
        return key.players().equals(request.players())
                && (key.publicKey().equals(request.publicKey()) || key.point().equals(request.publicKey()));
    }
}
