import { Opcode } from '../protocol/opcode.ts';
import type { Side } from '../contract/wire-event.ts';
import type { Connection } from './connection.ts';
import type { HttpMessage } from './http-exchanges.ts';
import { asksForWebSocket } from './http-rungs.ts';
import { knownExchangesOf } from './known-exchanges.ts';

/** What one side has sent of one kind. */
export interface LedgerEntry {
  count: number;
  /** Bytes of heads, frame headers and chunk sizes: what it costs to say anything at all. */
  headerBytes: number;
  /** Bytes of payload data, or of a body. */
  payloadBytes: number;
}

/** One kind of thing on the wire, both sides. */
export interface LedgerRow extends Record<Side, LedgerEntry> {
  kind:
    | 'HTTP'
    | 'opening handshake'
    | 'text'
    | 'binary'
    | 'continuation'
    | 'ping'
    | 'pong'
    | 'close'
    | 'reserved opcode';
}

const kindOfOpcode: Readonly<Record<number, LedgerRow['kind']>> = {
  [Opcode.continuation]: 'continuation',
  [Opcode.text]: 'text',
  [Opcode.binary]: 'binary',
  [Opcode.close]: 'close',
  [Opcode.ping]: 'ping',
  [Opcode.pong]: 'pong',
};

/** The bytes of some connections by what they were for: a row for each kind that occurred, HTTP and the handshake first. */
export function ledgerByKind(connections: readonly Connection[]): LedgerRow[] {
  const rows = new Map<LedgerRow['kind'], LedgerRow>();
  const add = (kind: LedgerRow['kind'], side: Side, headerBytes: number, payloadBytes: number): void => {
    const row = rows.get(kind) ?? { kind, client: emptyEntry(), server: emptyEntry() };
    rows.set(kind, row);
    row[side].count++;
    row[side].headerBytes += headerBytes;
    row[side].payloadBytes += payloadBytes;
  };
  for (const connection of connections) addHttp(connection, add);
  for (const { frames } of connections) {
    for (const { from, frame, range } of frames) {
      const { payloadLength, opcode } = frame;
      add(
        kindOfOpcode[opcode] ?? 'reserved opcode',
        from,
        range.end - range.start - payloadLength,
        payloadLength,
      );
    }
  }
  return [...rows.values()];
}

/** Adds what a connection has sent before its first frame: its opening handshake, or requests that stay with HTTP. */
function addHttp(
  connection: Connection,
  add: (kind: LedgerRow['kind'], side: Side, headerBytes: number, payloadBytes: number) => void,
): void {
  const { request, response, responseBody } = connection;
  if (!request || asksForWebSocket(request)) {
    if (request) add('opening handshake', 'client', request.bytes.length, 0);
    if (response) add('opening handshake', 'server', response.bytes.length, responseBody.length);
    return;
  }
  const addMessage = (
    side: Side,
    { headRange, body }: Pick<HttpMessage<never>, 'headRange' | 'body'>,
  ): void => {
    add('HTTP', side, headRange.end - headRange.start + body.framingBytes, body.contentBytes);
  };
  for (const exchange of knownExchangesOf(connection)) {
    if (exchange.request) addMessage('client', exchange.request);
    for (const each of exchange.interim) addMessage('server', each);
    if (exchange.response) addMessage('server', exchange.response);
  }
}

/** The sum of all rows for one side. */
export function ledgerTotal(rows: readonly LedgerRow[], side: Side): LedgerEntry {
  const total = emptyEntry();
  for (const { [side]: entry } of rows) {
    total.count += entry.count;
    total.headerBytes += entry.headerBytes;
    total.payloadBytes += entry.payloadBytes;
  }
  return total;
}

const emptyEntry = (): LedgerEntry => ({ count: 0, headerBytes: 0, payloadBytes: 0 });
