package quorate.pair;

import quorate.algebra.Secrets;

/**
 * What one party holds of the set-up with one other party of a key (protocols.md 1.3): both directions of base OTs and
 * the seed of the zero shares. Lives as long as its scope. The setup is public and is its name everywhere.
 *
 * @param me index of this party
 * @param peer index of the other
 * @param generation gen_{ij}
 * @param setup setup_{ij}, 32 bytes
 * @param asBob of the instance in which I am Bob: I hold both seeds
 * @param asAlice of the instance in which I am Alice: I hold Delta and the chosen seeds
 * @param zeroSeed zs_{ij}, 32 bytes, registered with the scope
 */
public record PairState(
        int me,
        int peer,
        long generation,
        byte[] setup,
        SenderSeeds asBob,
        ReceiverSeeds asAlice,
        byte[] zeroSeed,
        Secrets scope) {
    @Override
    public String toString() {
        return "PairState[" + me + "-" + peer + ", redacted]";
    }
}
