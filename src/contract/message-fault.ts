import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** What a service does to a message on purpose: loses it, takes or sends it twice, or lets the next one overtake it. */
export type MessageFaultKind = 'drop' | 'duplicate' | 'reorder';

/** Body of `POST /labs/<id>/message-fault`: what is done to the next message, once. */
export interface MessageFault {
  what: MessageFaultKind;
  /** Whose message: the next that a client sends, or the next that the server sends. */
  from: 'client' | 'server';
  /** The connection's number in the wire log; the first on which such a message comes where it is absent. */
  connection?: number;
}

/** Reads the body of `POST /labs/<id>/message-fault`. */
export function parseMessageFault(body: unknown): Parsed<MessageFault> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  for (const field of Object.keys(body)) {
    if (!['what', 'from', 'connection'].includes(field)) {
      return refused(field, 'unknown field; the known ones are what, from, connection');
    }
  }
  const { what, from, connection } = body;
  if (what !== 'drop' && what !== 'duplicate' && what !== 'reorder') {
    return refused('what', `expected one of drop, duplicate, reorder, got ${show(what)}`);
  }
  if (from !== 'client' && from !== 'server') {
    return refused('from', `expected client or server, got ${show(from)}`);
  }
  if (connection === undefined) return accepted({ what, from });
  if (typeof connection !== 'number' || !Number.isInteger(connection) || connection < 1) {
    return refused(
      'connection',
      `expected the number of a connection in the wire log, got ${show(connection)}`,
    );
  }
  return accepted({ what, from, connection });
}
