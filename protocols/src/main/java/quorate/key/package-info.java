/** A key as one party holds it: the public record of its sharing, and this party's share. */
package quorate.key;
