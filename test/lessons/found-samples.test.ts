import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const read = (sample: string): string =>
  readFileSync(new URL(`../../lessons/samples/${sample}`, import.meta.url), 'utf8');

/** A socket as a snippet sees it: opened, closed and failed by hand. */
class HandSocket {
  static readonly OPEN = 1;
  static made: HandSocket[] = [];
  readyState = 0;
  readonly sent: string[] = [];
  onopen?: () => void;
  onclose?: (event: { code: number }) => void;
  onerror?: (event: object) => void;

  constructor() {
    HandSocket.made.push(this);
  }

  send(data: string): void {
    if (this.readyState === 1) this.sent.push(data);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  close(): void {
    this.readyState = 3;
    this.onclose?.({ code: 1006 });
  }
}

/** Runs a snippet, and answers its sockets, its timers, and its `say`. */
function run(sample: string) {
  HandSocket.made = [];
  const timeouts: (() => void)[] = [];
  const intervals: (() => void)[] = [];
  const world = {
    WebSocket: HandSocket,
    address: 'ws://127.0.0.1:1',
    show: () => undefined,
    setTimeout: (then: () => void) => timeouts.push(then),
    setInterval: (then: () => void) => intervals.push(then),
    say: undefined as unknown as (text: string) => void,
  };
  runInNewContext(read(sample), world);
  return { sockets: HandSocket.made, timeouts, intervals, say: world.say };
}

describe('The snippets as found on the web fail as the lessons say', () => {
  it('found-client-reconnect.js throws in its own handler', () => {
    const { sockets, timeouts } = run('found-client-reconnect.js');
    sockets[0]?.open();
    expect(() => sockets[0]?.close()).toThrow('retries is not defined');
    expect(timeouts).toEqual([]);
  });

  it('found-client-heartbeat.js adds a timer for each connection, and stops none', () => {
    const { sockets, timeouts, intervals } = run('found-client-heartbeat.js');
    sockets[0]?.open();
    sockets[0]?.close();
    timeouts[0]?.();
    sockets[1]?.open();
    for (const beat of intervals) beat();
    expect(intervals).toHaveLength(2);
    expect(sockets[1]?.sent).toHaveLength(2);
  });

  it('found-client-queue.js empties its queue on the first socket only', () => {
    const { sockets, timeouts, say } = run('found-client-queue.js');
    say('one');
    sockets[0]?.open();
    expect(sockets[0]?.sent).toEqual(['one']);
    sockets[0]?.close();
    say('two');
    timeouts[0]?.();
    sockets[1]?.open();
    expect(sockets[1]?.sent).toEqual([]);
    expect(sockets[1]?.onclose).toBeUndefined();
  });

  it('found-client-errors.js throws where it means to tell the user', () => {
    const { sockets, say } = run('found-client-errors.js');
    sockets[0]?.open();
    say('one');
    expect(sockets[0]?.sent).toEqual(['one']);
    expect(() => sockets[0]?.onerror?.({})).toThrow('showNotification is not defined');
    expect(() => sockets[0]?.close()).toThrow('showNotification is not defined');
  });
});
