/**
 * Derived keys: soft steps from a key to its descendants (protocols.md 3.8 and 4.5). Everything here is public or
 * confidential, nothing is secret: shares stay as they are, and a signature adds the tweak.
 */
package quorate.derive;
