import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../../sandbox-server/sandbox.ts';
import { ResumeBuffer } from '../../../sandbox-server/stream/resume-buffer.ts';
import { Sessions } from '../../../sandbox-server/stream/sessions.ts';
import { SlowReader } from '../../../sandbox-server/stream/slow-reader.ts';
import type { SlowPolicy } from '../../../src/contract/readers.ts';
import type { WireEvent } from '../../../src/contract/wire-event.ts';
import {
  subprotocol,
  type ClientEnvelope,
  type ServerEnvelope,
} from '../../../src/resilient-socket/envelope.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs, type WsClient } from '../../support/ws-client.ts';

describe('ResumeBuffer', () => {
  it('gives what came after an offset, or says that it cannot', () => {
    const buffer = new ResumeBuffer(3);
    expect(buffer.after(0)).toEqual([]);
    for (const data of ['a', 'b', 'c', 'd']) buffer.add(data);
    expect(buffer.after(2)).toEqual([
      { offset: 3, data: 'c' },
      { offset: 4, data: 'd' },
    ]);
    expect(buffer.after(4)).toEqual([]);
    expect(buffer.after(0)).toBeUndefined();
    expect(buffer.after(5)).toBeUndefined();
  });
});

describe('A token of the stream', () => {
  const tokenFor = async (lab: TestLab, query = ''): Promise<string> => {
    const answer = await lab.call('POST', `stream/token${query}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    return String(((await answer.json()) as { token: unknown }).token);
  };
  const knock = async (sandbox: Sandbox, lab: TestLab, token: string): Promise<unknown> => {
    const socket = new WebSocket(
      `${sandbox.origin.replace('http', 'ws')}${lab.path('stream')}?token=${token}`,
    );
    onTestFinished(() => {
      socket.terminate();
    });
    return new Promise((resolve) => {
      socket.once('error', () => undefined);
      socket.once('open', () => {
        resolve('open');
      });
      socket.once('unexpected-response', (_, response) => {
        resolve([response.statusCode, response.headers['www-authenticate']]);
      });
    });
  };
  const refused = [401, 'Bearer realm="ws101", error="invalid_token"'];

  it('opens the stream while it is good, and gets 401 once it has expired', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const [good, short] = [await tokenFor(lab), await tokenFor(lab, '?lasts=1')];
    await waitFor('its end', async () => ((await knock(sandbox, lab, short)) === 'open' ? undefined : true));
    expect(await knock(sandbox, lab, short)).toEqual(refused);
    expect(await knock(sandbox, lab, good)).toBe('open');
  });

  it('of another lab, changed or empty, is refused', async () => {
    const sandbox = await startSandbox();
    const [lab, other] = [await openLab(sandbox), await openLab(sandbox)];
    const [token, foreign] = [await tokenFor(lab), await tokenFor(other)];
    const [until = '', seal = ''] = token.split('.');
    for (const wrong of [foreign, `${String(Number(until) + 1)}.${seal}`, until, '', `${token}A`]) {
      expect(await knock(sandbox, lab, wrong)).toEqual(refused);
    }
  });

  it.each(['0', '-1', '600001', 'a', ''])('that shall last %j is refused by name', async (lasts) => {
    const lab = await openLab(await startSandbox());
    const answer = await lab.call('POST', `stream/token?lasts=${lasts}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { field: 'lasts' } }]);
  });
});

describe('Sessions', () => {
  it('take each message once and in order, and forget who was away longest', () => {
    const sessions = new Sessions(2);
    expect([
      sessions.take('a', 1),
      sessions.take('a', 1),
      sessions.take('a', 3),
      sessions.take('a', 2),
    ]).toEqual([true, false, false, true]);
    sessions.take('b', 1);
    sessions.take('c', 1);
    expect([sessions.received('a'), sessions.received('b'), sessions.received('c')]).toEqual([0, 1, 1]);
  });
});

describe('SlowReader', () => {
  function slow(policy: SlowPolicy) {
    const seen: string[] = [];
    const whenSent: (() => void)[] = [];
    const socket = {
      bufferedBytes: 0,
      send(text: string, sent: () => void) {
        seen.push(text);
        whenSent.push(sent);
      },
      dismiss: (code: number) => seen.push(`closed ${String(code)}`),
      abandon: () => seen.push('abandoned'),
    };
    return {
      seen,
      socket,
      whenSent,
      reader: new SlowReader(socket, { maxBufferedBytes: 10, maxUnboundedBytes: 20 }, policy),
    };
  }

  it.each([
    ['drop', ['a', 'd']],
    ['coalesce', ['a', 'c', 'd']],
    ['disconnect', ['a', 'closed 1008']],
    ['none', ['a', 'b', 'c', 'd']],
  ] as const)('with the policy %s', (policy, expected) => {
    const { seen, socket, whenSent, reader } = slow(policy);
    reader.send('a');
    socket.bufferedBytes = 11;
    reader.send('b');
    reader.send('c');
    socket.bufferedBytes = 0;
    whenSent[0]?.();
    reader.send('d');
    expect(seen).toEqual(expected);
    expect(reader.tally.peakBufferedBytes).toBe(11);
  });

  it('ends one that asked for no policy where the sandbox itself has enough, and counts', () => {
    const { seen, socket, reader } = slow('none');
    reader.send('a');
    socket.bufferedBytes = 21;
    reader.send('b');
    reader.send('c');
    expect(seen).toEqual(['a', 'abandoned']);
    expect(reader.tally).toEqual({
      sent: 1,
      dropped: 1,
      replaced: 0,
      bufferedBytes: 21,
      peakBufferedBytes: 21,
    });
  });

  it('counts what was replaced, and what was dropped', () => {
    const coalescing = slow('coalesce');
    const dropping = slow('drop');
    for (const { socket, reader } of [coalescing, dropping]) {
      socket.bufferedBytes = 11;
      for (const text of ['a', 'b', 'c']) reader.send(text);
    }
    expect(coalescing.reader.tally).toMatchObject({ sent: 0, dropped: 0, replaced: 2 });
    expect(dropping.reader.tally).toMatchObject({ sent: 0, dropped: 3, replaced: 0 });
  });
});

const say = ({ socket }: WsClient, envelope: ClientEnvelope): void => {
  socket.send(JSON.stringify(envelope));
};
const hear = async (client: WsClient): Promise<ServerEnvelope> =>
  JSON.parse(await client.next()) as ServerEnvelope;

/** The next envelope of a kind. */
async function hearA<T extends ServerEnvelope['type']>(
  client: WsClient,
  type: T,
): Promise<Extract<ServerEnvelope, { type: T }>> {
  for (;;) {
    const envelope = await hear(client);
    if (envelope.type === type) return envelope as Extract<ServerEnvelope, { type: T }>;
  }
}

describe('WS /labs/<id>/stream', () => {
  it('gives a plain client plain messages', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('stream?every=10'));
    expect([await client.next(), await client.next()]).toEqual(['message 1', 'message 2']);
    client.socket.send('plain');
    expect(await client.next()).toBe('message 3');
  });

  it('acknowledges, answers pings, and takes each message once', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('stream'), { protocols: [subprotocol] });
    say(client, { type: 'hello', session: 's' });
    expect(await hearA(client, 'welcome')).toMatchObject({ received: 0 });
    for (const id of [1, 1, 3, 2]) say(client, { type: 'message', id, data: 'x' });
    const acks: number[] = [];
    for (let count = 0; count < 4; count++) acks.push((await hearA(client, 'ack')).id);
    expect(acks).toEqual([1, 1, 1, 2]);
    say(client, { type: 'ping', id: 7 });
    expect(await hearA(client, 'pong')).toMatchObject({ id: 7 });
    client.socket.terminate();
    const again = await connectWs(sandbox, lab.path('stream'), { protocols: [subprotocol] });
    say(again, { type: 'hello', session: 's' });
    expect(await hearA(again, 'welcome')).toMatchObject({ received: 2 });
  });

  it('goes on where a client stopped, and sends a snapshot where too much was missed', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const first = await connectWs(sandbox, lab.path('stream?every=10'), { protocols: [subprotocol] });
    say(first, { type: 'hello', session: 's' });
    const { life } = await hearA(first, 'welcome');
    const { offset } = await hearA(first, 'message');
    first.socket.terminate();
    const watching = await connectWs(sandbox, lab.path('stream'));
    while (!(await watching.next()).endsWith(String(offset + 5)));

    const back = await connectWs(sandbox, lab.path('stream'), { protocols: [subprotocol] });
    say(back, { type: 'hello', session: 's', life, offset });
    expect(await hearA(back, 'welcome')).toMatchObject({ life, offset });
    expect(await hearA(back, 'message')).toMatchObject({ offset: offset + 1 });

    const late = await connectWs(sandbox, lab.path('stream?hold=2'), { protocols: [subprotocol] });
    say(late, { type: 'hello', session: 's', life, offset });
    const snapshot = await hearA(late, 'snapshot');
    expect(snapshot.offset).toBeGreaterThanOrEqual(offset + 5);
    expect(await hearA(late, 'message')).toMatchObject({ offset: snapshot.offset + 1 });
  });

  it('knows that offsets of an earlier life of the server mean nothing', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const first = await connectWs(sandbox, lab.path('stream?every=10'), { protocols: [subprotocol] });
    say(first, { type: 'hello', session: 's' });
    const { life } = await hearA(first, 'welcome');
    say(first, { type: 'message', id: 1, data: 'x' });
    await hearA(first, 'ack');
    await lab.call('POST', 'restart', { downMs: 0 });
    expect((await first.closed).code).toBe(1012);
    await lab.logUntil((events) => events.filter(({ type }) => type === 'conditions').length === 2);
    const back = await connectWs(sandbox, lab.path('stream'), { protocols: [subprotocol] });
    say(back, { type: 'hello', session: 's', life, offset: 3 });
    const welcome = await hearA(back, 'welcome');
    expect([welcome.life === life, welcome.received]).toEqual([false, 0]);
    expect(await hearA(back, 'snapshot')).toMatchObject({ life: welcome.life });
  });

  it('goes on after the last id that the client knows to be taken, in a new life or a forgotten session', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const back = await connectWs(sandbox, lab.path('stream'), { protocols: [subprotocol] });
    say(back, { type: 'hello', session: 's', acknowledged: 44 });
    expect(await hearA(back, 'welcome')).toMatchObject({ received: 44 });
    say(back, { type: 'message', id: 45, data: 'x' });
    expect(await hearA(back, 'ack')).toEqual({ type: 'ack', id: 45 });
    say(back, { type: 'hello', session: 's', acknowledged: 44 });
    expect(await hearA(back, 'welcome')).toMatchObject({ received: 45 });
  });

  it('tells the wire log what its program made and took: once by id, as it comes without one', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('stream?every=10'), { protocols: [subprotocol] });
    say(client, { type: 'hello', session: 's' });
    for (const [id, data] of [
      [1, 'a'],
      [1, 'a'],
      [3, 'c'],
      [0, 'z'],
      [0, 'z'],
    ] as const) {
      say(client, { type: 'message', id, data });
    }
    const plain = await connectWs(sandbox, lab.path('stream'));
    plain.socket.send('plain');
    const isOf = (did: 'made' | 'took') => (event: WireEvent) =>
      event.type === 'program' && event.did === did;
    const events = await lab.logUntil(
      (all) => all.filter(isOf('took')).length === 4 && all.some(isOf('made')),
    );
    const took = events.filter((event) => event.type === 'program').filter(({ did }) => did === 'took');
    expect(took.map(({ conn, data }) => [conn, data])).toEqual([
      [1, 'a'],
      [1, 'z'],
      [1, 'z'],
      [2, 'plain'],
    ]);
    expect(events.find(isOf('made'))).toMatchObject({ data: 'message 1' });
  });

  it('makes no messages while its server is down, and begins anew in the next life', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const first = await connectWs(sandbox, lab.path('stream?every=10'));
    await first.next();
    await lab.call('POST', 'restart', { downMs: 200 });
    await first.closed;
    await lab.logUntil((events) => events.filter(({ type }) => type === 'conditions').length === 2);
    const back = await connectWs(sandbox, lab.path('stream'));
    expect(await back.next()).toBe('message 1');
    const events = await lab.log();
    const [down, up] = events.filter(({ type }) => type === 'conditions');
    const made = events.filter(
      ({ type, at }) => type === 'program' && at > (down?.at ?? 0) && at < (up?.at ?? 0),
    );
    // For those who still listen, until they are told: not the 20 of the whole time.
    expect(made.length).toBeLessThan(10);
  });

  it('closes what is too large with 1009, too fast with 1008, nonsense after hello with 1007', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const closes = async (send: (client: WsClient) => void): Promise<number> => {
      const client = await connectWs(sandbox, lab.path('stream'), { protocols: [subprotocol] });
      send(client);
      return (await client.closed).code;
    };
    expect(
      await closes(({ socket }) => {
        socket.send('x'.repeat(20_000));
      }),
    ).toBe(1009);
    expect(
      await closes((client) => {
        for (let id = 0; id < 500; id++) say(client, { type: 'ping', id });
      }),
    ).toBe(1008);
    expect(
      await closes((client) => {
        say(client, { type: 'hello', session: 's' });
        client.socket.send('{"type":"message","id":"one"}');
      }),
    ).toBe(1007);
    expect(
      await closes((client) => {
        say(client, { type: 'message', id: 1, data: '' });
      }),
    ).toBe(1002);
  });

  it('refuses a query that makes no sense, by name', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    for (const query of ['every=0', 'hold=-1', 'heartbeat=x', 'slow=die', 'size=65537']) {
      const socket = new WebSocket(`${sandbox.origin.replace('http', 'ws')}${lab.path(`stream?${query}`)}`);
      const status = await new Promise((resolve) => {
        socket.once('unexpected-response', (_, response) => {
          resolve(response.statusCode);
        });
      });
      expect(status).toBe(400);
    }
  });
});
