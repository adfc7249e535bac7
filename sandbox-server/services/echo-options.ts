import { accepted, refused, show, type Parsed } from '../../src/contract/result.ts';
import { mayBeSent } from '../../src/protocol/close-code.ts';

/** What the query of an echo asks for. */
export interface EchoOptions {
  /** Agrees to permessage-deflate where it is offered; with both windows kept, or forgotten after each message. */
  deflate: 'no' | 'takeover' | 'no-takeover';
  /** The subprotocols that the server speaks, best first. */
  subprotocols: readonly string[];
  /** The server pings so often, and ends a connection that has not answered by the next; milliseconds. */
  heartbeatMs: number | undefined;
  /** The server asks the client's program so often, by a message, and ends a connection that has not answered by the next; ms. */
  askMs: number | undefined;
  /** TCP's keep-alive sends its first probe after so long without a byte; ms, of which the kernel takes whole seconds. */
  keepAliveMs: number | undefined;
  /** Refuses the opening handshake with this status. */
  rejectStatus: number | undefined;
  /** Closes with this code right after opening. */
  closeCode: number | undefined;
}

const deflateWays: ReadonlyMap<string, EchoOptions['deflate']> = new Map([
  ['0', 'no'],
  ['1', 'takeover'],
  ['no-takeover', 'no-takeover'],
]);

/** The parameters that are times, the least and the most that each may be, ms. */
const timeRanges = [
  ['heartbeat', 50, 600_000],
  ['ask', 50, 600_000],
  ['keepalive', 1000, 7_200_000],
] as const;

const redirects = [301, 302, 303, 307, 308];

/** Reads the query of an echo; a parameter that it does not know is the learner's own business. */
export function parseEchoOptions(query: URLSearchParams): Parsed<EchoOptions> {
  const deflate = deflateWays.get(query.get('deflate') ?? '0');
  if (deflate === undefined) {
    return refused('deflate', `expected 0, 1 or no-takeover, got ${show(query.get('deflate'))}`);
  }

  const subprotocols = (query.get('subprotocol') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  // RFC 6455 §4.1: each is a token (RFC 9110 §5.6.2).
  const notToken = subprotocols.find((name) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name));
  if (notToken !== undefined)
    return refused('subprotocol', `expected tokens with commas, got ${show(notToken)}`);

  const times = {
    heartbeat: readNumber(query, 'heartbeat'),
    ask: readNumber(query, 'ask'),
    keepalive: readNumber(query, 'keepalive'),
  };
  for (const [name, least, most] of timeRanges) {
    const value = times[name];
    if (value !== undefined && !(value >= least && value <= most)) {
      const expected = `expected milliseconds from ${String(least)} to ${String(most)}`;
      return refused(name, `${expected}, got ${show(query.get(name))}`);
    }
  }
  const reject = readNumber(query, 'reject');
  if (reject !== undefined && !(redirects.includes(reject) || (reject >= 400 && reject <= 599))) {
    const expected = `expected a status from 400 to 599, or one of ${redirects.join(', ')}`;
    return refused('reject', `${expected}; got ${show(query.get('reject'))}`);
  }
  const close = readNumber(query, 'close');
  if (close !== undefined && !mayBeSent(close)) {
    const expected = 'expected a code that may be sent (1000-1003, 1007-1014, 3000-4999)';
    return refused('close', `${expected}, got ${show(query.get('close'))}`);
  }
  return accepted({
    deflate,
    subprotocols,
    heartbeatMs: times.heartbeat,
    askMs: times.ask,
    keepAliveMs: times.keepalive,
    rejectStatus: reject,
    closeCode: close,
  });
}

/** A whole number of at most 9 digits; NaN where it is none, `undefined` where there is no such parameter. */
function readNumber(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  return /^[0-9]{1,9}$/.test(value) ? Number(value) : Number.NaN;
}
