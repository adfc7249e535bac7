/** What the learner may choose about the next connection. */
export interface ConnectOptions {
  /** What the script passes as second argument to `new WebSocket()`, as typed: `chat, superchat`. */
  subprotocols: string;
  /** Which of them the server speaks, as typed. */
  serverSubprotocols: string;
  /** Whether the server accepts permessage-deflate. A browser offers it in any case. */
  deflate: boolean;
  /** Free text for the query, without its question mark: `room=7`. */
  query: string;
  /** A status to be refused with, instead of 101. */
  reject: number | undefined;
}

/** A connection without any of them. */
export const plainOptions: ConnectOptions = {
  subprotocols: '',
  serverSubprotocols: '',
  deflate: false,
  query: '',
  reject: undefined,
};

/** A list as people type one: commas or spaces between, nothing empty. */
export const listOf = (typed: string): string[] => typed.split(/[\s,]+/).filter((item) => item !== '');

/** The path of the echo service with what the options ask of it. */
export function echoPath(path: string, options: ConnectOptions): string {
  const query = new URLSearchParams(options.query);
  const spoken = listOf(options.serverSubprotocols);
  if (spoken.length > 0) query.set('subprotocol', spoken.join(','));
  if (options.deflate) query.set('deflate', '1');
  if (options.reject !== undefined) query.set('reject', String(options.reject));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
