import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** Body of `POST /labs/<id>/inject`: bytes that the client is sent as if by the server. */
export interface Inject {
  bytes: Uint8Array;
  /** The connection's number in the wire log; all of them where it is absent. */
  connection?: number;
}

/** `200` of `POST /labs/<id>/inject`: the connections that were sent the bytes. */
export interface InjectAnswer {
  injected: number[];
}

/** Most bytes that are injected at once. */
const maxInjectedBytes = 4096;

/** Reads the body of `POST /labs/<id>/inject`: `{"bytes":"88 02 03 ed","connection":1}`, the bytes as hex digits. */
export function parseInject(body: unknown): Parsed<Inject> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  for (const field of Object.keys(body)) {
    if (field !== 'bytes' && field !== 'connection') {
      return refused(field, 'unknown field; the known ones are bytes, connection');
    }
  }
  const { bytes, connection } = body;
  const digits = typeof bytes === 'string' ? bytes.replaceAll(/\s/g, '') : '';
  if (!/^([0-9a-f]{2})+$/i.test(digits)) {
    return refused('bytes', `expected hex digits, two per byte, got ${show(bytes)}`);
  }
  if (digits.length / 2 > maxInjectedBytes) {
    return refused(
      'bytes',
      `expected at most ${String(maxInjectedBytes)} bytes, got ${String(digits.length / 2)}`,
    );
  }
  const inject: Inject = {
    bytes: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
  };
  if (connection !== undefined) {
    if (typeof connection !== 'number' || !Number.isInteger(connection) || connection < 1) {
      return refused(
        'connection',
        `expected the number of a connection in the wire log, got ${show(connection)}`,
      );
    }
    inject.connection = connection;
  }
  return accepted(inject);
}
