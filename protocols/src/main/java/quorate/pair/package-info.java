/** Pair states of ECDSA keys: base OTs and zero-sharing seeds between every two parties (protocols.md 1.3, 2.1, 2.2). */
package quorate.pair;
