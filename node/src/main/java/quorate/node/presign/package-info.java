/** Presignatures on a running node: made, kept equal at all their players, used once, refilled (protocols.md 15). */
@org.jspecify.annotations.NullMarked
package quorate.node.presign;
