import { mayBeSent } from '../protocol/close-code.ts';
import { utf8Length } from '../protocol/utf8.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** Body of `POST /labs/<id>/cut`: how to end one connection, or all of the lab, now. */
export interface Cut {
  /**
   * By the link, with TCP's FIN or RST; by the server, with a WebSocket Close frame or with none: its program lets go of
   * TCP (`terminate()` of ws).
   */
  how: 'fin' | 'rst' | 'close' | 'terminate';
  /** Close code; only with `how: "close"`. */
  code?: number;
  /** Close reason, at most 123 bytes of UTF-8; only with `how: "close"`. */
  reason?: string;
  /** The connection's number in the wire log; all of them where it is absent. */
  connection?: number;
}

/** `200` of `POST /labs/<id>/cut`: the connections that were cut. */
export interface CutAnswer {
  cut: number[];
}

/** Reads the body of `POST /labs/<id>/cut`. */
export function parseCut(body: unknown): Parsed<Cut> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  for (const field of Object.keys(body)) {
    if (!['how', 'code', 'reason', 'connection'].includes(field)) {
      return refused(field, 'unknown field; the known ones are how, code, reason, connection');
    }
  }
  const { how, code, reason, connection } = body;
  if (how !== 'fin' && how !== 'rst' && how !== 'close' && how !== 'terminate') {
    return refused('how', `expected one of fin, rst, close, terminate, got ${show(how)}`);
  }
  const cut: Cut = { how };
  if (code !== undefined) {
    if (how !== 'close')
      return refused('code', 'allowed only with how: "close"; no other end carries a code');
    if (typeof code !== 'number' || !Number.isInteger(code) || !mayBeSent(code)) {
      return refused(
        'code',
        `expected a code that may be sent (1000-1003, 1007-1014, 3000-4999), got ${show(code)}`,
      );
    }
    cut.code = code;
  }
  if (reason !== undefined) {
    if (code === undefined) return refused('reason', 'allowed only with a code (RFC 6455 §5.5.1)');
    if (typeof reason !== 'string' || utf8Length(reason) > 123) {
      return refused('reason', 'expected a text of at most 123 bytes of UTF-8 (RFC 6455 §5.5)');
    }
    cut.reason = reason;
  }
  if (connection !== undefined) {
    if (typeof connection !== 'number' || !Number.isInteger(connection) || connection < 1) {
      return refused(
        'connection',
        `expected the number of a connection in the wire log, got ${show(connection)}`,
      );
    }
    cut.connection = connection;
  }
  return accepted(cut);
}
