import { describe, expect, it } from 'vitest';
import { ResilientSocket } from '../../src/resilient-socket/resilient-socket.ts';
import type { Address } from '../../src/resilient-socket/wire.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeServer, FakeSocket } from './fake-network.ts';

/** A socket whose address is asked for; `urls` are those that sockets were made with. */
function connect(address: Address) {
  const clock = new FakeClock();
  const server = new FakeServer();
  const urls: string[] = [];
  const socket = new ResilientSocket(address, {
    reconnect: { firstMs: 100, baseMs: 100, jitter: 'none', attemptMs: 500 },
    clock,
    onWake: () => () => undefined,
    onLeave: () => () => undefined,
    WebSocket: class extends FakeSocket {
      constructor(url: string) {
        if (url === 'nonsense') throw new SyntaxError('no address at all');
        super(server, clock);
        urls.push(url);
      }
    },
  });
  const ends: string[] = [];
  socket.on('end', ({ code, reason }) => ends.push(`${String(code)} ${reason}`));
  /** Lets promises go on, and time. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    clock.pass(milliseconds);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { clock, server, socket, urls, ends, pass };
}

describe('An address that is asked for', () => {
  it('is asked for before each attempt', async () => {
    let count = 0;
    const { server, socket, urls, pass } = connect(() =>
      Promise.resolve(`ws://server/?token=${String(++count)}`),
    );
    expect([socket.state, urls]).toEqual(['connecting', []]);
    await pass(10);
    expect(socket.state).toBe('open');
    server.openSockets[0]?.end(1006);
    await pass(100);
    await pass(10);
    expect([socket.state, ...urls]).toEqual(['open', 'ws://server/?token=1', 'ws://server/?token=2']);
  });

  it('may be a plain function', async () => {
    const { socket, pass } = connect(() => 'ws://server');
    await pass(10);
    expect(socket.state).toBe('open');
  });

  it.each([
    ['throws', () => Promise.reject(new Error('401')), '1006 Error: 401'],
    ['makes no sense', () => 'nonsense', '1006 SyntaxError: no address at all'],
  ])('is asked for again where it %s', async (_, address, end) => {
    const { socket, ends, pass } = connect(address);
    await pass(0);
    expect([socket.state, ...ends]).toEqual(['waiting', end]);
    await pass(100);
    await pass(0);
    expect(ends).toEqual([end, end]);
  });

  it('that comes too late is not used: the attempt was given up', async () => {
    const late: ((url: string) => void)[] = [];
    const { socket, urls, ends, pass } = connect(() => new Promise((resolve) => late.push(resolve)));
    await pass(500);
    expect([socket.state, ...ends]).toEqual(['waiting', '1006 ']);
    await pass(100);
    for (const [index, resolve] of late.entries()) resolve(`ws://server/${String(index)}`);
    await pass(10);
    expect([socket.state, ...urls]).toEqual(['open', 'ws://server/1']);
  });

  it('that is being asked for when it is closed makes no socket, and leaves no timer', async () => {
    const { clock, socket, urls, ends, pass } = connect(() => Promise.resolve('ws://server'));
    socket.close();
    await pass(10_000);
    expect([socket.state, urls.length, clock.timerCount, ...ends]).toEqual(['closed', 0, 0, '1006 ']);
  });
});
