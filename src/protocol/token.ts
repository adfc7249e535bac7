/** Whether a text is a token: the form of methods, field names, subprotocols and extension names (RFC 9110 §5.6.2). */
export const isToken = (text: string): boolean => /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(text);
