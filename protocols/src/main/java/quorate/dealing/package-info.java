/**
 * What every ceremony yields that makes a sharing: key generation, refresh, redistribution and copy (protocols.md 1.1, 5.1,
 * 5.2). It becomes one through the commit protocol (5.4).
 */
package quorate.dealing;
