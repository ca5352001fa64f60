package quorate.node.http;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import quorate.api.Bytes;
import quorate.api.NextPresignature;
import quorate.api.PartialRequest;
import quorate.api.Presign;
import quorate.api.ProblemCode;
import quorate.api.Refill;
import quorate.node.config.Role;
import quorate.node.problem.ProblemException;

/** The part of the table of openapi.yaml that is about presignatures and pairs. */
final class PresignatureRoutes {
    private static final int OK = 200;
    private static final Set<Role> USER = EnumSet.of(Role.KEY_USER);
    private static final Set<Role> ADMINISTRATOR = EnumSet.of(Role.ADMINISTRATOR);
    private static final Set<Role> USER_OR_ADMINISTRATOR = EnumSet.of(Role.KEY_USER, Role.ADMINISTRATOR);
    private static final Set<Role> ANYBODY = EnumSet.of(Role.KEY_USER, Role.ADMINISTRATOR);
    private static final Pattern PLAYERS = Pattern.compile("[0-9]{1,2}(,[0-9]{1,2}){0,31}");
    private static final Pattern PLAYER = Pattern.compile("[1-9][0-9]?");

    private final PresignatureApi node;
    private final Authentication authentication;
    private final Exchange exchange;

    PresignatureRoutes(PresignatureApi node, Authentication authentication, Exchange exchange) {
        this.node = node;
        this.authentication = authentication;
        this.exchange = exchange;
    }

    HttpRouting.Builder add(HttpRouting.Builder routing) {
        return routing.post("/v1/keys/{keyId}/presignatures", (request, response) -> {
                    authentication.require(request, USER);
                    exchange.answer(response, OK, node.presign(keyId(request), exchange.read(request, Presign.class)));
                })
                .get("/v1/keys/{keyId}/presignatures", (request, response) -> {
                    authentication.require(request, ANYBODY);
                    exchange.answer(response, OK, node.levels(keyId(request)));
                })
                .delete("/v1/keys/{keyId}/presignatures", this::delete)
                .post("/v1/keys/{keyId}/presignatures/next", (request, response) -> {
                    authentication.require(request, USER);
                    exchange.answer(
                            response, OK, node.next(keyId(request), exchange.read(request, NextPresignature.class)));
                })
                .post("/v1/keys/{keyId}/partial-signatures", (request, response) -> {
                    authentication.require(request, USER);
                    exchange.answer(
                            response,
                            OK,
                            node.signPartially(keyId(request), exchange.read(request, PartialRequest.class)));
                })
                .put("/v1/keys/{keyId}/refill", (request, response) -> {
                    authentication.require(request, USER);
                    exchange.answer(response, OK, node.refill(keyId(request), exchange.read(request, Refill.class)));
                })
                .post("/v1/keys/{keyId}/pairs/{player}/approval", this::approvePair)
                .delete("/v1/presignatures", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    exchange.answer(response, OK, node.deleteAll(caller));
                });
    }

    private void delete(ServerRequest request, ServerResponse response) {
        var caller = authentication.require(request, USER_OR_ADMINISTRATOR);
        var one = request.query().first("presignature").asOptional();
        var players = request.query().first("players").asOptional();
        if (one.isPresent() && players.isPresent()) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "name a presignature or players, not both");
        }
        exchange.answer(
                response,
                OK,
                node.delete(
                        caller,
                        keyId(request),
                        one.map(PresignatureRoutes::bytes),
                        players.map(PresignatureRoutes::players).orElse(List.of())));
    }

    private void approvePair(ServerRequest request, ServerResponse response) {
        var caller = authentication.require(request, ADMINISTRATOR);
        var player = request.path().pathParameters().get("player");
        if (!PLAYER.matcher(player).matches()) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "player must be a number from 1 to 32");
        }
        exchange.answer(response, OK, node.approvePair(caller, keyId(request), Integer.parseInt(player)));
    }

    private static Bytes bytes(String hex) {
        try {
            return Bytes.parse(hex);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "presignature: " + e.getMessage());
        }
    }

    private static List<Integer> players(String list) {
        if (!PLAYERS.matcher(list).matches()) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "players must be numbers such as 1,3");
        }
        return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).sorted().toList();
    }

    private static String keyId(ServerRequest request) {
        return request.path().pathParameters().get("keyId");
    }
}
