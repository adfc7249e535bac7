import { ClosingHandshake, type CloseReport, type TcpEnd } from '../protocol/closing-handshake.ts';
import type { Frame } from '../protocol/frame.ts';
import type { FieldLine } from '../protocol/http-head.ts';
import { isControl, Opcode } from '../protocol/opcode.ts';
import { fieldValues } from '../protocol/read-head.ts';
import type { Rule } from '../protocol/rule.ts';
import type { Side } from '../protocol/side.ts';
import { clientName } from './client-name.ts';
import type { Connection } from './connection.ts';
import { dataMessages } from './data-message.ts';
import { frameViolations } from './frame-violations.ts';
import { handshakeVerdict } from './handshake-verdict.ts';
import { heartbeatOf } from './heartbeat.ts';
import { keyFactsOf, type KeyFacts } from './key-facts.ts';

/** What the handshake and the frames of one connection reveal of the client that made it. */
export interface Passport {
  conn: number;
  /** What it seems to be, by its User-Agent. */
  client: string;
  state: Connection['handshake'];
  /** The TCP connection has ended. */
  hasEnded: boolean;
  /** The log no longer holds how the connection began: nothing of it can be read. */
  beheaded: boolean;
  /** `undefined` while its request is not whole. */
  request: RequestFacts | undefined;
  frames: FrameFacts;
  keys: KeyFacts;
  pings: PingFacts;
  close: CloseFacts;
}

/** What a client says of itself in its opening handshake (RFC 6455 §4.1). */
export interface RequestFacts {
  /** Its field lines in the order in which they came. */
  fields: readonly FieldLine[];
  origin: string | undefined;
  /** The extensions that it offers, as written; empty where none. */
  extensions: readonly string[];
  /** The extensions that the server agreed to. */
  extensionsAgreed: readonly string[];
  subprotocols: readonly string[];
  subprotocolAgreed: string | undefined;
  key: string | undefined;
  /** Other connections of the log with the very same Sec-WebSocket-Key, which ought to be fresh (RFC 6455 §4.1). */
  keyAlsoOf: readonly number[];
  /** The rules that its request breaks. */
  broken: readonly Rule[];
}

/** The frames of a client, without its Close. */
export interface FrameFacts {
  text: number;
  binary: number;
  /** Messages that it has begun. */
  messages: number;
  /** Messages of more than one frame. */
  fragmented: number;
  /** The most frames that one message of it came in. */
  mostFragments: number;
  /** Frames with RSV1 set: compressed messages, where permessage-deflate was agreed on (RFC 7692 §6). */
  compressed: number;
  /** Payload data of its shortest and its longest data frame, bytes; `undefined` before the first. */
  payloadBytes: { least: number; most: number } | undefined;
  /** The rules that its frames break, each once, with how often. */
  broken: readonly { rule: Rule; times: number }[];
}

/** What a client does with pings. Times are milliseconds, with the link's delay in them. */
export interface PingFacts {
  /** Pings of the server that have reached it. */
  received: number;
  /** Pings of the server that the link holds, or has lost. */
  held: number;
  answered: number;
  /** Pings that a pong to a later one stood for (RFC 6455 §5.5.3). */
  passedOver: number;
  fastestMs: number | undefined;
  slowestMs: number | undefined;
  /** Pings of its own. */
  sent: number;
  /** Pongs that answer nothing. */
  unsolicited: number;
}

/** How a connection closed, with the client's part in it. */
export interface CloseFacts {
  /** Who sent the first Close frame. */
  startedBy: Side | undefined;
  /** The client's Close frame; its code is `undefined` where the body is empty. */
  client: { closeCode: number | undefined; closeReason: string } | undefined;
  /** The server's Close frame has reached the client. */
  serverHasReached: boolean;
  /** From the server's Close to the client's answer, ms. */
  answeredAfterMs: number | undefined;
  tcpEnd: TcpEnd | undefined;
  /** What the client can report to its application. */
  report: CloseReport | undefined;
}

/** Reads the passport of a connection's client. `others` are the connections of the same log, itself among them or not. */
export function passportOf(connection: Connection, others: readonly Connection[] = []): Passport {
  return {
    conn: connection.conn,
    client: clientName(connection),
    state: connection.handshake,
    hasEnded: connection.end !== undefined,
    beheaded: connection.beheaded,
    request: requestFacts(connection, others),
    frames: frameFacts(connection),
    keys: keyFactsOf(connection),
    pings: pingFacts(connection),
    close: closeFacts(connection),
  };
}

function requestFacts(connection: Connection, others: readonly Connection[]): RequestFacts | undefined {
  const { request, response, conn } = connection;
  if (!request) return undefined;
  const key = keyOf(connection);
  const checks = handshakeVerdict(connection)?.checks ?? [];
  return {
    fields: request.fields,
    origin: fieldValues(request, 'Origin')[0],
    extensions: fieldValues(request, 'Sec-WebSocket-Extensions'),
    extensionsAgreed: response ? fieldValues(response, 'Sec-WebSocket-Extensions') : [],
    subprotocols: fieldValues(request, 'Sec-WebSocket-Protocol'),
    subprotocolAgreed: response && fieldValues(response, 'Sec-WebSocket-Protocol')[0],
    key,
    keyAlsoOf:
      key === undefined
        ? []
        : others.filter((other) => other.conn !== conn && keyOf(other) === key).map((other) => other.conn),
    broken: checks.filter(({ ok, side }) => !ok && side === 'request').map(({ rule }) => rule),
  };
}

const keyOf = ({ request }: Connection): string | undefined =>
  request && fieldValues(request, 'Sec-WebSocket-Key')[0];

function frameFacts(connection: Connection): FrameFacts {
  const frames = connection.frames.filter(({ from }) => from === 'client').map(({ frame }) => frame);
  const data = frames.filter(({ opcode }) => !isControl(opcode));
  const messages = dataMessages(connection).filter(({ from }) => from === 'client');
  const lengths = data.map(({ payloadLength }) => payloadLength);
  const most = (numbers: readonly number[]): number =>
    numbers.reduce((one, other) => Math.max(one, other), 0);
  return {
    text: count(frames, Opcode.text),
    binary: count(frames, Opcode.binary),
    messages: messages.length,
    fragmented: messages.filter((message) => message.frames.length > 1).length,
    mostFragments: most(messages.map((message) => message.frames.length)),
    compressed: data.filter(({ rsv1 }) => rsv1).length,
    payloadBytes:
      lengths.length === 0
        ? undefined
        : { least: lengths.reduce((one, other) => Math.min(one, other)), most: most(lengths) },
    broken: brokenRules(connection),
  };
}

const count = (frames: readonly Frame[], opcode: number): number =>
  frames.filter((frame) => frame.opcode === opcode).length;

/** The rules that the client's frames and messages break, also those of a frame that is not whole. */
function brokenRules(connection: Connection): FrameFacts['broken'] {
  const times = new Map<Rule, number>();
  const broken = [
    ...connection.frames
      .filter(({ from }) => from === 'client')
      .flatMap((timed) => frameViolations(connection, timed)),
    ...(connection.pending.client?.violations ?? []),
  ];
  for (const { rule } of broken) times.set(rule, (times.get(rule) ?? 0) + 1);
  return [...times].map(([rule, count]) => ({ rule, times: count }));
}

function pingFacts(connection: Connection): PingFacts {
  const { beats, unsolicited } = heartbeatOf(connection);
  // A ping that never left the link asks nobody: its moment names it.
  const heldAt = new Set(
    connection.frames
      .filter(
        ({ from, frame, due }) => from === 'server' && frame.opcode === Opcode.ping && due === undefined,
      )
      .map(({ at }) => at),
  );
  const sent = beats.filter(({ from }) => from === 'server');
  const received = sent.filter(({ at }) => !heldAt.has(at));
  const delays = received.flatMap(({ at, answeredAt }) =>
    answeredAt === undefined ? [] : [answeredAt - at],
  );
  const [first] = delays;
  return {
    received: received.length,
    held: sent.length - received.length,
    answered: delays.length,
    passedOver: received.filter(({ wasPassedOver }) => wasPassedOver).length,
    fastestMs: first === undefined ? undefined : delays.reduce((one, other) => Math.min(one, other)),
    slowestMs: first === undefined ? undefined : delays.reduce((one, other) => Math.max(one, other)),
    sent: beats.length - sent.length,
    unsolicited: unsolicited.filter(({ from }) => from === 'client').length,
  };
}

function closeFacts({ frames, end }: Connection): CloseFacts {
  const closing = new ClosingHandshake();
  const closedAt: Partial<Record<Side, number>> = {};
  for (const { from, frame, at, due } of frames) {
    closing.readFrame(from, frame);
    if (frame.opcode !== Opcode.close || closedAt[from] !== undefined) continue;
    closedAt[from] = at;
    // What the link still holds when the connection has ended never arrives.
    if (end && due === undefined) closing.lose(from);
  }
  if (end) closing.readEnd(end);
  const { startedBy, tcpEnd } = closing;
  const closeOfServer = frames.find(({ from, frame }) => from === 'server' && frame.opcode === Opcode.close);
  const { client, server } = closedAt;
  return {
    startedBy,
    client: closing.closeOf('client'),
    serverHasReached: closeOfServer?.due !== undefined,
    answeredAfterMs:
      startedBy === 'server' && client !== undefined && server !== undefined ? client - server : undefined,
    tcpEnd,
    report: closing.reportOf('client'),
  };
}
