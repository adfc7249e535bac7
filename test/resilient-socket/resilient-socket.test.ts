import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDetails } from '../../src/resilient-socket/events.ts';
import type { ResilientSocketOptions } from '../../src/resilient-socket/options.ts';
import { ResilientSocket } from '../../src/resilient-socket/resilient-socket.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeServer, socketsTo } from './fake-network.ts';

const everything = {
  reconnect: { firstMs: 100, baseMs: 100, capMs: 1000, jitter: 'none', stableMs: 1000, attemptMs: 500 },
  heartbeat: { everyMs: 1000, deadlineMs: 300 },
  queue: {},
  acknowledgement: {},
  resume: true,
  dedupe: true,
} as const;

function connect(options: Partial<ResilientSocketOptions> = everything) {
  const clock = new FakeClock();
  const server = new FakeServer();
  const wakers = new Set<() => void>();
  const leavers = new Set<() => void>();
  const socket = new ResilientSocket('ws://server', {
    random: () => 0.5,
    ...options,
    clock,
    WebSocket: socketsTo(server, clock),
    onWake: (wake) => {
      wakers.add(wake);
      return () => wakers.delete(wake);
    },
    onLeave: (leave) => {
      leavers.add(leave);
      return () => leavers.delete(leave);
    },
  });
  const events: string[] = [];
  const heard: string[] = [];
  const names: (keyof EventDetails)[] = [
    'open',
    'end',
    'retry',
    'final',
    'dead',
    'gap',
    'snapshot',
    'duplicate',
  ];
  for (const name of names) socket.on(name, (detail) => events.push(`${name} ${JSON.stringify(detail)}`));
  socket.on('message', ({ data }) => heard.push(String(data)));
  return { clock, server, socket, events, heard, wakers, leavers };
}

const plain = { heartbeat: false, acknowledgement: false, resume: false, dedupe: false } as const;

describe('ResilientSocket', () => {
  it('comes back after an end that is not its own, and says when', () => {
    const { clock, server, socket, events } = connect({ ...everything, ...plain });
    clock.pass(10);
    expect(socket.state).toBe('open');
    server.openSockets[0]?.end(1006);
    expect(socket.state).toBe('waiting');
    clock.pass(110);
    expect(socket.state).toBe('open');
    expect(events).toEqual([
      'open {"attempt":0}',
      'end {"code":1006,"reason":"","wasClean":false}',
      'retry {"attempt":1,"delayMs":100}',
      'open {"attempt":1}',
    ]);
  });

  it('closes where the page is left, has no timer there, and comes back at once with the page', () => {
    const { clock, server, socket, events, wakers, leavers } = connect();
    clock.pass(100);
    for (const leave of leavers) leave();
    expect([socket.state, events.at(-1)]).toEqual([
      'waiting',
      'end {"code":1000,"reason":"page left","wasClean":false}',
    ]);
    clock.pass(100_000);
    expect([clock.timerCount, server.sockets.length, server.openSockets]).toEqual([0, 1, []]);
    expect(socket.send('meanwhile').result).toBe('queued');
    for (const wake of wakers) wake();
    clock.pass(100);
    expect([socket.state, server.openSockets.length, server.applied]).toEqual(['open', 1, ['meanwhile']]);
    socket.close();
    expect([wakers.size, leavers.size]).toEqual([0, 0]);
  });

  it('is left alone by a page that goes where it does not come back by itself', () => {
    const { clock, server, leavers } = connect({ ...everything, reconnect: false });
    clock.pass(100);
    for (const leave of leavers) leave();
    expect(server.openSockets).toHaveLength(1);
  });

  it('can be closed, or sought by hand, while its page is away', () => {
    const { clock, server, socket, leavers } = connect();
    clock.pass(100);
    for (const leave of leavers) leave();
    socket.reconnect();
    clock.pass(100);
    expect([socket.state, server.openSockets.length]).toEqual(['open', 1]);
    for (const leave of leavers) leave();
    socket.close();
    socket.probe();
    clock.pass(100_000);
    expect([socket.state, server.openSockets.length, clock.timerCount]).toEqual(['closed', 0, 0]);
  });

  it.each([1000, 1008, 4001])('does not come back after %i, until it is told to', (code) => {
    const { clock, server, socket, events } = connect();
    clock.pass(100);
    server.openSockets[0]?.end(code);
    clock.pass(100_000);
    expect(socket.state).toBe('closed');
    expect(events.at(-1)).toBe('final {"why":"by its code"}');
    expect(clock.timerCount).toBe(0);
    socket.reconnect();
    clock.pass(100);
    expect(socket.state).toBe('open');
  });

  it('makes no tight loop of a server that accepts and closes at once', () => {
    const { clock, server } = connect({ ...everything, ...plain });
    for (let ms = 0; ms < 10_000; ms++) {
      clock.pass(1);
      for (const open of server.openSockets) if (open.readyState === 1) open.end(1012);
    }
    expect(server.sockets.length).toBeLessThan(20);
  });

  it('gives up at its limit, an attempt that hangs included', () => {
    const { clock, server, socket, events } = connect({
      ...everything,
      reconnect: { ...everything.reconnect, limit: 3 },
    });
    server.isSilent = true;
    clock.pass(60_000);
    expect(socket.state).toBe('closed');
    expect(events.at(-1)).toBe('final {"why":"limit reached"}');
    expect(server.sockets).toHaveLength(4);
    expect(server.openSockets).toHaveLength(0);
  });

  it('notices a network that has fallen silent, by its heartbeat alone', () => {
    const { clock, server, socket, events } = connect();
    clock.pass(100);
    server.isSilent = true;
    clock.pass(1400);
    expect(events).toContain('dead {}');
    server.isSilent = false;
    clock.pass(3000);
    expect(socket.state).toBe('open');
  });

  it('tries at once when the network is back, and looks whether an open connection lives', () => {
    const { clock, server, socket, wakers, events } = connect({
      ...everything,
      reconnect: { ...everything.reconnect, firstMs: 1000 },
    });
    clock.pass(20);
    server.openSockets[0]?.end(1006);
    clock.pass(50);
    for (const wake of wakers) wake();
    clock.pass(20);
    expect(socket.state).toBe('open');
    server.isSilent = true;
    for (const wake of wakers) wake();
    clock.pass(301);
    expect(events).toContain('dead {}');
  });

  it('sends what was sent while it was away, in order, before what is new', () => {
    const { clock, server, socket } = connect();
    expect(socket.send('early')).toEqual({ number: 1, result: 'queued' });
    clock.pass(100);
    server.openSockets[0]?.end(1006);
    expect(['a', 'b'].map((data) => socket.send(data).result)).toEqual(['queued', 'queued']);
    clock.pass(200);
    expect(socket.send('c').result).toBe('sent');
    clock.pass(100);
    expect(server.applied).toEqual(['early', 'a', 'b', 'c']);
    expect(socket.pending).toEqual({ waiting: 0, unacknowledged: 0 });
  });

  it('without a queue says that it has not taken a message', () => {
    const { clock, socket } = connect({ ...everything, ...plain, queue: false });
    expect(socket.send('too early').result).toBe('refused');
    clock.pass(100);
    expect(socket.send('in time').result).toBe('sent');
    socket.close();
    expect(socket.send('too late').result).toBe('refused');
  });

  it('waits while the socket’s buffer is full', () => {
    const { clock, server, socket } = connect({
      ...everything,
      backPressure: { highBytes: 100, lowBytes: 10 },
    });
    clock.pass(100);
    const [wire] = server.openSockets;
    if (wire) wire.bufferedAmount = 200;
    expect(socket.send('later').result).toBe('queued');
    clock.pass(100);
    if (wire) wire.bufferedAmount = 0;
    clock.pass(100);
    expect(server.applied).toEqual(['later']);
  });

  it('sends nothing again while the socket still holds what it was given', () => {
    const { clock, server, socket } = connect({ ...everything, heartbeat: false, backPressure: false });
    clock.pass(100);
    const [wire] = server.openSockets;
    server.isSilent = true;
    if (wire) wire.bufferedAmount = 50;
    socket.send('once');
    clock.pass(60_000);
    expect(wire?.sent.filter((text) => text.includes('once'))).toHaveLength(1);
    if (wire) wire.bufferedAmount = 0;
    clock.pass(5000);
    expect(wire?.sent.filter((text) => text.includes('once'))).toHaveLength(2);
  });

  it('without resume, dedupe applies what follows a hole, what fills it, and nothing twice', () => {
    const { clock, server, heard, events } = connect({ ...everything, resume: false });
    clock.pass(100);
    const [wire] = server.openSockets;
    for (const offset of [1, 4, 5, 4, 3, 3, 5, 6, 2]) {
      wire?.hear({ type: 'message', offset, data: String(offset) });
      clock.pass(5);
    }
    expect(heard).toEqual(['1', '4', '5', '3', '6', '2']);
    expect(events.filter((event) => event.startsWith('gap'))).toEqual(['gap {"expected":2,"offset":4}']);
    expect(events.filter((event) => event.startsWith('duplicate'))).toHaveLength(3);
  });

  it('goes on in the server’s stream where it stopped', () => {
    const { clock, server, heard } = connect();
    clock.pass(100);
    server.publish('one');
    clock.pass(10);
    server.openSockets[0]?.end(1006);
    server.publish('two');
    clock.pass(1000);
    server.publish('three');
    clock.pass(100);
    expect(heard).toEqual(['one', 'two', 'three']);
  });

  it('after close there is no timer, no listener and no further attempt', () => {
    for (const before of [0, 3, 50, 1200]) {
      const { clock, server, socket, wakers } = connect();
      clock.pass(before);
      socket.close();
      clock.pass(20);
      expect({ timers: clock.timerCount, wakers: wakers.size, state: socket.state }).toEqual({
        timers: 0,
        wakers: 0,
        state: 'closed',
      });
      clock.pass(100_000);
      expect(server.sockets).toHaveLength(1);
    }
  });
});

const calls = ['close', 'close, then reconnect', 'reconnect'] as const;
const told = ['state', 'open', 'message', 'acknowledged', 'beat', 'dead', 'end', 'retry', 'final'] as const;

describe('ResilientSocket, called from within its own events', () => {
  it.each(told.flatMap((name) => calls.map((call) => [call, name] as const)))(
    '%s in %s: never a second socket, and after close no timer',
    (call, name) => {
      for (let nth = 1; nth <= 6; nth++) {
        const { clock, server, socket, wakers } = connect();
        let count = 0;
        const stop = socket.on(name, () => {
          if (++count !== nth) return;
          if (call !== 'reconnect') socket.close();
          if (call !== 'close') socket.reconnect();
        });
        const pass = (milliseconds: number): void => {
          for (let ms = 0; ms < milliseconds; ms += 5) {
            clock.pass(5);
            expect(server.openSockets.length).toBeLessThan(2);
          }
        };
        socket.send('early');
        pass(50);
        server.publish('one');
        pass(1100);
        socket.send('doubtful');
        server.openSockets[0]?.end(1006);
        pass(200);
        server.isSilent = true;
        pass(1500);
        server.isSilent = false;
        pass(1500);
        stop();
        if (call !== 'close' || count < nth) socket.close();
        pass(50);
        expect([clock.timerCount, server.openSockets.length, wakers.size, socket.state]).toEqual([
          0,
          0,
          0,
          'closed',
        ]);
        const made = server.sockets.length;
        clock.pass(100_000);
        expect(server.sockets).toHaveLength(made);
      }
    },
  );
});

/** What happens to a connection: the application sends, the server publishes, the network fails in some way. */
const happenings = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('send') },
    { weight: 4, arbitrary: fc.constant('publish') },
    { weight: 2, arbitrary: fc.constantFrom('cut', 'silence', 'noise', 'unreachable', 'reachable', 'wake') },
    { weight: 6, arbitrary: fc.nat(700) },
  ),
  { maxLength: 60 },
);

describe('Properties of a resilient socket with everything on', () => {
  it('nothing is lost, nothing is applied twice, order is kept, there is never a second socket, and no timer is left', () => {
    fc.assert(
      fc.property(happenings, (all) => {
        const { clock, server, socket, heard, wakers } = connect();
        const sent: string[] = [];
        const published: string[] = [];
        const act: Record<string, () => void> = {
          send: () => {
            sent.push(`message ${String(sent.length)}`);
            expect(socket.send(sent.at(-1) ?? '')).not.toMatchObject({ result: 'refused' });
          },
          publish: () => {
            // Before the first connection nobody has missed anything.
            if (server.sockets.length === 1 && socket.state !== 'open') return;
            published.push(`event ${String(published.length)}`);
            server.publish(published.at(-1) ?? '');
          },
          cut: () => server.openSockets[0]?.end(1006),
          silence: () => (server.isSilent = true),
          noise: () => (server.isSilent = false),
          unreachable: () => (server.isReachable = false),
          reachable: () => (server.isReachable = true),
          wake: () => {
            for (const wake of wakers) wake();
          },
        };
        clock.pass(30);
        for (const what of all) {
          if (typeof what === 'number') clock.pass(what);
          else act[what]?.();
          expect(server.openSockets.length).toBeLessThanOrEqual(1);
        }
        server.isSilent = false;
        server.isReachable = true;
        clock.pass(20_000);
        expect(server.applied).toEqual(sent);
        expect(heard).toEqual(published);
        socket.close();
        clock.pass(10);
        expect(clock.timerCount).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
