import { describe, expect, it } from 'vitest';
import { ConnectionStore } from '../../src/use-websocket/connection-store.ts';
import { FakeClock } from '../support/fake-clock.ts';

type Said = ((event: object) => void) | null;

/** A WebSocket that does nothing by itself. */
class Socket {
  static made: Socket[] = [];
  readyState = 0;
  bufferedAmount = 0;
  onopen: Said = null;
  onmessage: Said = null;
  onclose: Said = null;
  onerror: Said = null;
  readonly sent: string[] = [];
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    Socket.made.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.readyState = 2;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({});
  }

  say(data: unknown): void {
    this.onmessage?.({ data });
  }

  end(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: '', wasClean: code !== 1006 });
  }
}

/** After the microtasks that are due. */
const soon = (): Promise<void> => Promise.resolve();

function start() {
  Socket.made = [];
  const clock = new FakeClock();
  const store = new ConnectionStore();
  let changes = 0;
  store.subscribe(() => changes++);
  const options = { clock, WebSocket: Socket, random: () => 0.5 };
  return { clock, store, options, changes: () => changes };
}

const only = (): Socket => {
  const [socket, ...others] = Socket.made;
  if (!socket || others.length > 0) throw new Error(`${String(Socket.made.length)} sockets, not one`);
  return socket;
};

describe('ConnectionStore', () => {
  it('makes one socket where an effect runs, is cleaned up and runs again at once, as in StrictMode', async () => {
    const { store, options } = start();
    store.open('ws://one', options)();
    store.open('ws://one', options);
    await soon();
    only().open();
    expect(store.getSnapshot()).toEqual({ url: 'ws://one', state: 'open', messages: [] });
  });

  it('sends once what an effect sent in the discarded run and in the real one', async () => {
    const { store, options } = start();
    const stop = store.open('ws://one', options);
    expect(store.send('hello')).toBe('queued');
    stop();
    store.open('ws://one', options);
    store.send('hello');
    await soon();
    only().open();
    expect(only().sent).toEqual(['hello']);
  });

  it('hears nothing of the old URL any more, and shows none of its messages', async () => {
    const { store, options } = start();
    const stop = store.open('ws://one', options);
    await soon();
    const old = only();
    old.open();
    old.say('of one');
    expect(store.getSnapshot().messages).toEqual([{ id: 1, data: 'of one' }]);
    stop();
    store.open('ws://two', options);
    await soon();
    old.say('late');
    old.end(1000);
    expect(store.getSnapshot()).toEqual({ url: 'ws://two', state: 'connecting', messages: [] });
    Socket.made[1]?.open();
    Socket.made[1]?.say('of two');
    expect(store.getSnapshot().messages).toEqual([{ id: 2, data: 'of two' }]);
  });

  it('leaves no timer, no change and no second socket where it ends in CONNECTING', async () => {
    const { clock, store, options, changes } = start();
    const stop = store.open('ws://one', options);
    await soon();
    const before = changes();
    stop();
    only().end(1006);
    clock.pass(100_000);
    expect([only().readyState, clock.timerCount, changes() - before]).toEqual([3, 0, 0]);
  });

  it('is not revived by the end of its own socket', async () => {
    const { clock, store, options } = start();
    const stop = store.open('ws://one', options);
    await soon();
    only().open();
    stop();
    only().end(1005);
    clock.pass(100_000);
    expect(Socket.made).toHaveLength(1);
  });

  it('says of each message what became of it, and drops none in silence', async () => {
    const { store, options } = start();
    expect(store.send('too early')).toBe('refused');
    const stop = store.open('ws://one', options);
    await soon();
    expect(store.send('waits')).toBe('queued');
    only().open();
    expect(only().sent).toEqual(['waits']);
    expect(store.send('goes')).toBe('sent');
    stop();
    expect(store.send('too late')).toBe('refused');
  });

  it('takes no more than a hundred messages before there is a socket', () => {
    const { store, options } = start();
    store.open('ws://one', options);
    const results = Array.from({ length: 101 }, (_, n) => store.send(String(n)));
    expect([results[99], results[100]]).toEqual(['queued', 'refused']);
  });

  it('keeps the newest messages, binary ones too, and no more', async () => {
    const { store, options } = start();
    store.open('ws://one', { ...options, keep: 2 });
    await soon();
    only().open();
    const binary = new Blob(['x']);
    for (const data of ['a', 'b', binary]) only().say(data);
    expect(store.getSnapshot().messages).toEqual([
      { id: 2, data: 'b' },
      { id: 3, data: binary },
    ]);
  });

  it('answers the same snapshot until something changes, and the same functions for life', async () => {
    const { store, options } = start();
    const { send, subscribe, reconnect } = store;
    store.open('ws://one', options);
    const snapshot = store.getSnapshot();
    await soon();
    expect(store.getSnapshot()).toBe(snapshot);
    only().open();
    expect(store.getSnapshot()).not.toBe(snapshot);
    expect([store.send, store.subscribe, store.reconnect]).toEqual([send, subscribe, reconnect]);
  });

  it('comes back by itself after trouble, and by hand after a final code', async () => {
    const { clock, store, options } = start();
    store.open('ws://one', options);
    await soon();
    only().open();
    only().end(1006);
    clock.pass(5000);
    expect(Socket.made).toHaveLength(2);
    Socket.made[1]?.open();
    Socket.made[1]?.end(4409);
    expect(store.getSnapshot().state).toBe('closed');
    store.reconnect();
    expect(Socket.made).toHaveLength(3);
  });

  it.each([
    ['an address that is none', 'no address', {}, /SyntaxError/],
    ['an absurd option', 'ws://one', { reconnect: { baseMs: -1 } }, /baseMs: expected a number from 1/],
  ])('says why there is no socket: %s', async (_, url, wrong, why) => {
    const { store, options } = start();
    class Strict extends Socket {
      constructor(address: string) {
        if (!URL.canParse(address)) throw new SyntaxError(`The URL '${address}' is invalid`);
        super(address);
      }
    }
    store.open(url, { ...options, ...wrong, WebSocket: Strict });
    await soon();
    expect(store.getSnapshot()).toMatchObject({
      url,
      state: 'closed',
      error: expect.stringMatching(why) as string,
    });
    expect([store.send('x'), Socket.made]).toEqual(['refused', []]);
  });

  it('shows nothing of the last time where it is opened again', async () => {
    const { store, options } = start();
    const stop = store.open('ws://one', options);
    await soon();
    only().open();
    only().say('old');
    stop();
    expect(store.getSnapshot()).toMatchObject({ url: undefined, messages: [] });
  });
});
