package quorate.store;

import java.time.Instant;

/** Something that an operator should know: a rollback, a stale share, an alarm. */
public record Event(long id, Instant time, String kind, String detail) {}
