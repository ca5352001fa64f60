/** Pair states of ECDSA keys on a running node: which are used, verdicts over them, and how new ones are made (protocols.md 3.6). */
@NullMarked
package quorate.node.pair;

import org.jspecify.annotations.NullMarked;
