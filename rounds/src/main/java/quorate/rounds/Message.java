package quorate.rounds;

/** What one party says in one round. Its layout is that of protocols.md Appendix C. */
public sealed interface Message {
    /** The payload: fixed, canonical, no trailing bytes. */
    byte[] encode();

    /** The same for everyone. It is signed and echoed, so a party that equivocates is caught. */
    non-sealed interface Shared extends Message {}

    /** For one recipient. The transport encrypts it to that peer; nothing logs it. */
    non-sealed interface Private extends Message {}
}
