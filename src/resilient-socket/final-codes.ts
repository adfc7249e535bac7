/**
 * Codes after which the same client would only be refused again: a normal end, what it did wrong (RFC 6455 §7.4.1), and
 * 4000-4499, by analogy with HTTP's 4xx. 1001, 1006, 1011-1014 and 4500-4999 are the server's or the network's trouble.
 */
export const isFinalCode = (code: number): boolean =>
  [1000, 1002, 1003, 1007, 1008, 1009, 1010].includes(code) || (code >= 4000 && code < 4500);
