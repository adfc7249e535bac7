/** The subprotocol of these envelopes. */
export const subprotocol = 'resilient.v1';

/**
 * What the client says. `id`s of messages count 1, 2, 3 … without a hole, through all connections of a session. The
 * server takes them in that order, each once, and passes over one that comes too early.
 */
export type ClientEnvelope =
  /**
   * The first message on every connection: who it is, and how far it is in the server's stream, if it is to resume there.
   * `acknowledged` is the last of its messages that it knows to be taken: a server that has been restarted goes on there.
   * Said again where something is missing.
   */
  | { type: 'hello'; session: string; life?: string; offset?: number; acknowledged?: number }
  /** An id of 0 asks for no acknowledgement: the server takes that message as it comes. */
  | { type: 'message'; id: number; data: string }
  | { type: 'ping'; id: number };

/** What the server says. */
export type ServerEnvelope =
  /** The answer to `hello`: the life that its offsets are of, what it has of this session, where its stream goes on. */
  | { type: 'welcome'; life: string; received: number; offset: number }
  /** What was sent after `offset` of the client is no longer held: this stands for all up to the new one. */
  | { type: 'snapshot'; life: string; offset: number; data: string }
  | { type: 'message'; offset: number; data: string }
  /** The server's program has taken the message of this id, and all before it. */
  | { type: 'ack'; id: number }
  /** The answer to a ping; `offset` is that of the last message which the server has sent. */
  | { type: 'pong'; id: number; offset: number };

type Fields = Record<string, Record<string, 'string' | 'number' | 'string?' | 'number?'>>;

const serverFields: Fields = {
  welcome: { life: 'string', received: 'number', offset: 'number' },
  snapshot: { life: 'string', offset: 'number', data: 'string' },
  message: { offset: 'number', data: 'string' },
  ack: { id: 'number' },
  pong: { id: 'number', offset: 'number' },
};

const clientFields: Fields = {
  hello: { session: 'string', life: 'string?', offset: 'number?', acknowledged: 'number?' },
  message: { id: 'number', data: 'string' },
  ping: { id: 'number' },
};

/** Reads what a server sent; `undefined` if it is not one of its envelopes. */
export const readServerEnvelope = (text: unknown): ServerEnvelope | undefined =>
  // Each field was looked at.
  read(text, serverFields) as ServerEnvelope | undefined;

/** Reads what a client sent; `undefined` if it is not one of its envelopes. */
export const readClientEnvelope = (text: unknown): ClientEnvelope | undefined =>
  read(text, clientFields) as ClientEnvelope | undefined;

function read(text: unknown, fields: Fields): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('type' in json)) return undefined;
    const wanted = Object.hasOwn(fields, String(json.type)) ? fields[String(json.type)] : undefined;
    const value: Record<string, unknown> = { ...json };
    const isWhole = Object.entries(wanted ?? { type: 'number' }).every(
      ([name, kind]) =>
        typeof value[name] === kind.replace('?', '') || (kind.endsWith('?') && value[name] === undefined),
    );
    return isWhole ? value : undefined;
  } catch {
    return undefined;
  }
}
