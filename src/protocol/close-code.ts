/** Whether an endpoint may put this code into a Close frame (RFC 6455 §7.4.1, §7.4.2; 1012-1014 are IANA's). */
export const mayBeSent = (code: number): boolean =>
  (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
