package quorate.reshare;

import quorate.dealing.NewShare;
import quorate.key.KeyRecord;

/**
 * What a redistribution yields for a member of the new committee.
 *
 * @param share not in force yet, as {@link NewShare} says
 * @param record of the sharing that it comes from, with the attributes of the key
 */
public record ReceivedShare(NewShare share, KeyRecord record) {}
