package quorate.node.presign;

import quorate.ecdsa.EcdsaRequest;
import quorate.frost.SigningRequest;
import quorate.node.key.LoadedKey;

/** What a presignature is to be used for. Everything about it that needs no secret was checked (protocols.md 15.3). */
public sealed interface Task {
    /** Of a Schnorr key. */
    record Schnorr(SigningRequest request) implements Task {}

    /** Of an ECDSA key. */
    record Ecdsa(EcdsaRequest request) implements Task {}

    /** Reads and checks the wish of a caller, before anything is claimed. */
    @FunctionalInterface
    interface Wish {
        /**
         * The task for this key.
         *
         * @throws quorate.node.problem.ProblemException saying what is wrong with the request
         */
        Task of(LoadedKey key);
    }
}
