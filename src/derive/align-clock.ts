import { isControl, Opcode } from '../protocol/opcode.ts';
import { timesOf, type Connection } from './connection.ts';

/** Something that a page's script did with a socket or was told by it. */
export interface ScriptEvent {
  /** Milliseconds by the page's own clock, since it constructed the socket. */
  at: number;
  what: 'new WebSocket()' | 'send()' | 'close()' | 'open' | 'message' | 'error' | 'close';
  /** The socket's readyState at that moment. */
  readyState: number;
  /** Bytes that it had taken and not handed to the network at that moment. */
  bufferedAmount: number;
  /** What came with it, in words. */
  detail: string;
}

/** How a page's clock stands to the lab's. */
export interface ClockAlignment {
  /** What to add to a time of the page to get one of the lab, ms. */
  offset: number;
  /** How far off that may be, ms: what the order of cause and effect leaves open. */
  error: number;
}

/**
 * Aligns the clock of a script with the wire's, by cause and effect alone: a script hears of nothing before it has left
 * the link, and nothing enters the link before the script has done it. `undefined` where that does not bound it.
 */
export function alignClock(
  connection: Connection,
  events: readonly ScriptEvent[],
): ClockAlignment | undefined {
  const heard = { open: responseLeft(connection), messages: timesOfMessages(connection, 'server', 'due') };
  const sent = timesOfMessages(connection, 'client', 'beganAt');
  let low = -Infinity;
  let high = Infinity;
  let messageCount = 0;
  let sendCount = 0;
  for (const { at, what, readyState } of events) {
    if (what === 'new WebSocket()') high = Math.min(high, connection.openedAt - at);
    if (what === 'open') low = Math.max(low, (heard.open ?? -Infinity) - at);
    if (what === 'message') low = Math.max(low, (heard.messages[messageCount++] ?? -Infinity) - at);
    if (what === 'send()' && readyState === 1) {
      high = Math.min(high, (sent[sendCount++] ?? Infinity) - at);
    }
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined;
  return { offset: (low + high) / 2, error: Math.abs(high - low) / 2 };
}

/** When the response's head had left the link. */
function responseLeft({ response, server }: Connection): number | undefined {
  return response && timesOf(server, { start: 0, end: response.bytes.length })?.due;
}

/** For each whole message of one side: when its first frame entered the link, or its last one left it. */
function timesOfMessages(
  { frames }: Connection,
  side: 'client' | 'server',
  which: 'beganAt' | 'due',
): (number | undefined)[] {
  const times: (number | undefined)[] = [];
  let beganAt: number | undefined;
  for (const { from, frame, ...timed } of frames) {
    if (from !== side || isControl(frame.opcode)) continue;
    if (frame.opcode !== Opcode.continuation) beganAt = timed.beganAt;
    if (frame.fin) times.push(which === 'beganAt' ? beganAt : timed.due);
  }
  return times;
}
