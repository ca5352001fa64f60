/**
 * The Java client of Quorate. Calls block; every client is closed by whoever made it; failures are
 * {@link quorate.sdk.TsmException}s with a stable code and what to do next.
 *
 * <ul>
 *   <li>{@link quorate.sdk.Tsm}: all nodes of an application at once. Start here.
 *   <li>{@link quorate.sdk.TsmClient}: one node, as a key user.
 *   <li>{@link quorate.sdk.AdminClient}: one node, as an administrator.
 * </ul>
 */
package quorate.sdk;
