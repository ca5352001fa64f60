/**
 * How a protocol is written (pure rounds) and how one is run (a session that turns frames into rounds
 * and rounds into frames, and a blocking driver around it).
 */
package quorate.rounds;
