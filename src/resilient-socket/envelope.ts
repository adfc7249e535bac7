/**
 * What the client says. `id`s of messages count 1, 2, 3 … without a hole, through all connections of a session. The
 * server takes them in that order, each once, and passes over one that comes too early.
 */
export type ClientEnvelope =
  /**
   * The first word on every connection: who it is, and where it stands in the server's stream, if it is to go on there.
   * Said again where something is missing.
   */
  | { type: 'hello'; session: string; life?: string; offset?: number }
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

const fields: Record<ServerEnvelope['type'], Record<string, 'string' | 'number'>> = {
  welcome: { life: 'string', received: 'number', offset: 'number' },
  snapshot: { life: 'string', offset: 'number', data: 'string' },
  message: { offset: 'number', data: 'string' },
  ack: { id: 'number' },
  pong: { id: 'number', offset: 'number' },
};

/** Reads what a server sent; `undefined` where it is none of these. */
export function readEnvelope(text: unknown): ServerEnvelope | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('type' in json)) return undefined;
    const { type } = json;
    if (typeof type !== 'string' || !Object.hasOwn(fields, type)) return undefined;
    const wanted = fields[type as ServerEnvelope['type']];
    const value = json as Record<string, unknown>;
    const isWhole = Object.entries(wanted).every(([name, kind]) => typeof value[name] === kind);
    // Each field was looked at just now.
    return isWhole ? (value as ServerEnvelope) : undefined;
  } catch {
    return undefined;
  }
}
