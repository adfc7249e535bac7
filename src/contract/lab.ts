import { mayBeSent } from '../protocol/close-code.ts';
import { utf8Length } from '../protocol/utf8.ts';
import { parseConditions, type Conditions } from './conditions.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** The services of a lab by name, each with the path on which it is served. */
export type ServicePaths = Record<string, string>;

/** `201` of `POST /labs`. */
export interface CreatedLab {
  id: string;
  /** A lab that nobody uses for so long ends by itself. Seconds. */
  expiresInSeconds: number;
  conditions: Conditions;
  services: ServicePaths;
}

/** What a client knows of a lab that it has made or found. */
export interface KnownLab extends CreatedLab {
  /** The last event of its wire log at that moment; 0 in a new lab. */
  lastSeq: number;
}

/** `200` of `GET /labs/<id>`. */
export interface LabStatus {
  id: string;
  expiresInSeconds: number;
  conditions: Conditions;
  services: ServicePaths;
  /** Connections that are open now, by the number under which the wire log knows them; a raw bridge's has no path. */
  connections: { conn: number; path: string | null; openedAt: number }[];
  /** What the server's program was told of the last connections that ended, the oldest first: ws's `close` event. */
  heardEnds: HeardEnd[];
  /** What the wire log holds, and what it has dropped so far. */
  log: { events: number; bytes: number; lastSeq: number; droppedEvents: number };
}

/** The end of a connection as the server's program heard of it. */
export interface HeardEnd {
  /** The connection's number in the wire log. */
  conn: number;
  /** Milliseconds since the lab began. */
  at: number;
  /** 1005 where the Close frame had no code, 1006 where there was none (RFC 6455 §7.1.5). */
  code: number;
  reason: string;
}

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

/** The subprotocol that the wire channel speaks. */
export const wireSubprotocol = 'ws101.wire.v1';

/** Reads the answer to `POST /labs` or `GET /labs/<id>`. */
export function parseKnownLab(body: unknown): Parsed<KnownLab> {
  if (!isRecord(body)) return refused('body', `expected a lab, got ${show(body)}`);
  const { id, expiresInSeconds, services } = body;
  if (typeof id !== 'string') return refused('id', `expected a string, got ${show(id)}`);
  if (typeof expiresInSeconds !== 'number') {
    return refused('expiresInSeconds', `expected a number, got ${show(expiresInSeconds)}`);
  }
  if (!isRecord(services)) return refused('services', `expected an object of paths, got ${show(services)}`);
  const paths: ServicePaths = {};
  for (const [name, path] of Object.entries(services)) {
    if (typeof path !== 'string') return refused(`services.${name}`, `expected a path, got ${show(path)}`);
    paths[name] = path;
  }
  const conditions = parseConditions(body['conditions']);
  if (!conditions.ok) return conditions;
  const log = body['log'];
  const lastSeq = isRecord(log) && typeof log['lastSeq'] === 'number' ? log['lastSeq'] : 0;
  return accepted({ id, expiresInSeconds, conditions: conditions.value, services: paths, lastSeq });
}

/** Reads the body of `POST /labs/<id>/cut`. */
export function parseCut(body: unknown): Parsed<Cut> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  for (const field of Object.keys(body)) {
    if (!['how', 'code', 'reason', 'connection'].includes(field)) {
      return refused(field, 'unknown field; known are how, code, reason, connection');
    }
  }
  const { how, code, reason, connection } = body;
  if (how !== 'fin' && how !== 'rst' && how !== 'close' && how !== 'terminate') {
    return refused('how', `expected one of fin, rst, close, terminate, got ${show(how)}`);
  }
  const cut: Cut = { how };
  if (code !== undefined) {
    if (how !== 'close') return refused('code', 'goes with how: "close" only; no other end carries a code');
    if (typeof code !== 'number' || !Number.isInteger(code) || !mayBeSent(code)) {
      return refused(
        'code',
        `expected a code that may be sent (1000-1003, 1007-1014, 3000-4999), got ${show(code)}`,
      );
    }
    cut.code = code;
  }
  if (reason !== undefined) {
    if (code === undefined) return refused('reason', 'goes with a code only (RFC 6455 §5.5.1)');
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
