/** A masking-key as RFC 6455 §5.3 wants it: 4 bytes that nobody can foretell. */
export const newMaskingKey = (): Uint8Array => crypto.getRandomValues(new Uint8Array(4));
