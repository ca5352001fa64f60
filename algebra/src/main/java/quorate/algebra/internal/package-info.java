/**
 * Numbers as 52-bit limbs: the arithmetic under scalars and points, without types that protect it. Nothing outside
 * the module sees it.
 */
package quorate.algebra.internal;
