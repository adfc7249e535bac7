import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseWireLines } from '../../src/contract/wire-event.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { passportOf, type Passport } from '../../src/derive/passport.ts';
import { passportText } from '../../src/derive/passport-text.ts';
import { hex, wire, WrittenLog } from './written-log.ts';

/** The passports of all connections of a log. */
function passports(log: WrittenLog | string): Passport[] {
  const events =
    typeof log === 'string'
      ? parseWireLines(readFileSync(new URL(`../vectors/clients/${log}.jsonl`, import.meta.url), 'utf8'))
      : { ok: true as const, value: log.events };
  if (!events.ok) throw new Error(`${events.field}: ${events.message}`);
  const { connections } = readLog(events.value);
  return connections.map((connection) => passportOf(connection, connections));
}
const first = (log: WrittenLog | string): Passport => {
  const [passport] = passports(log);
  if (!passport) throw new Error('the log holds no connection');
  return passport;
};
const names = ({ request }: Passport) => request?.fields.map(({ name }) => name).join(' ');
/** A line in words, by its part and name. */
const line = (passport: Passport, part: string, name: string) =>
  passportText(passport)
    .find(({ title }) => title === part)
    ?.lines.find((each) => each.name === name);

describe('passportOf a recorded client', () => {
  it.each([
    ['chromium', 'Chrome', 20, 0],
    ['ws', 'no User-Agent', 22, 1],
    ['node', 'Node.js', 20, 0],
    ['python', 'Python websockets', 21, 1],
  ])(
    '%s: keeps the rules, answers pings, masks with fresh keys, closes clean',
    (file, client, messages, cut) => {
      expect(first(file)).toMatchObject({
        client,
        state: 'open',
        request: {
          broken: [],
          keyAlsoOf: [],
          extensions: ['permessage-deflate; client_max_window_bits'],
          extensionsAgreed: [],
        },
        frames: { messages, fragmented: cut, broken: [], compressed: 0 },
        keys: { verdict: 'unsuspicious', zero: 0, unmasked: 0 },
        pings: { received: 3, answered: 3, sent: 0, unsolicited: 0 },
        close: { startedBy: 'client', report: { wasClean: true }, tcpEnd: { by: 'server', how: 'fin' } },
      });
    },
  );

  it('tells the clients apart by the order and the case of their headers', () => {
    const lists = ['chromium', 'ws', 'node', 'python', 'curl'].map((file) => names(first(file)));
    expect(new Set(lists).size).toBe(5);
    expect(names(first('node'))).toContain('sec-websocket-key');
    expect(names(first('chromium'))).toMatch(
      /^Host Connection Pragma Cache-Control User-Agent Upgrade Origin/,
    );
  });

  it('only the browser names an Origin', () => {
    expect(first('chromium').request?.origin).toMatch(/^http:/);
    expect(first('node').request?.origin).toBeUndefined();
  });

  it('tells how each client closes when it is not asked for more', () => {
    expect(first('node').close.client).toMatchObject({ closeCode: undefined });
    expect(first('python').close.client).toMatchObject({ closeCode: 1000, closeReason: '' });
    expect(line(first('ws'), 'Close', 'Its Close frame')?.seen).toBe('code 1000, “that is all”, sent first');
  });

  it('curl: the same key twice, no frame, no pong, no Close', () => {
    const [one, two] = passports('curl');
    expect(one).toMatchObject({
      client: 'curl',
      request: { keyAlsoOf: [2], extensions: [], broken: [] },
      frames: { payloadBytes: undefined },
      keys: { verdict: 'none' },
      pings: { received: 1, answered: 0 },
      close: { client: undefined, report: { wasClean: false } },
    });
    expect(two?.request?.keyAlsoOf).toEqual([1]);
    expect(one && line(one, 'Handshake', 'Sec-WebSocket-Key')).toMatchObject({
      seen: expect.stringContaining('connection 2') as string,
      mark: 'broken',
    });
  });
});

describe('passportOf', () => {
  it('names the rules that a request breaks', () => {
    const log = new WrittenLog().open(1).bytes(1, 'client', wire('GET / HTTP/1.1\nHost: x\n\n'));
    const passport = first(log);
    expect(passport.request?.broken.length).toBeGreaterThan(2);
    expect(line(passport, 'Handshake', 'Rules of the standard')?.mark).toBe('broken');
    expect(line(passport, 'Handshake', 'Sec-WebSocket-Key')).toMatchObject({ seen: 'none', mark: 'broken' });
    expect(line(passport, 'Close', 'The end')?.seen).toBe('the handshake is under way');
  });

  it('says so where the request is not whole, or was dropped from the log', () => {
    const half = first(new WrittenLog().open(1).bytes(1, 'client', wire('GET / HT')));
    expect(line(half, 'Handshake', 'Request')?.seen).toBe('not whole yet');
    const beheaded = first(new WrittenLog().bytes(1, 'client', hex('81 80 01020304')));
    expect(line(beheaded, 'Handshake', 'Request')?.seen).toMatch(/^the log has dropped/);
  });

  it('counts the frames without a mask and names the rules that frames break', () => {
    const log = new WrittenLog().upgraded(1);
    const passport = first(log.bytes(1, 'client', hex('81 01 61 81 01 62 c1 81 01020304 60')));
    expect(passport.keys).toMatchObject({ unmasked: 2, masked: 1 });
    expect(passport.frames.broken.map(({ times }) => times)).toEqual([2, 1]);
    expect(line(passport, 'Frames', 'Broken, 2 times')).toMatchObject({
      mark: 'broken',
      section: 'RFC 6455 §5.1, §5.3',
    });
  });

  it('measures how fast it answers a ping and a Close, and lets pings be passed over', () => {
    const log = new WrittenLog().upgraded(1);
    for (const ping of ['01', '02', '03']) log.bytes(1, 'server', hex(`89 01 ${ping}`));
    log.bytes(1, 'client', hex('8a 81 00000000 02')).bytes(1, 'client', hex('8a 81 00000000 09'));
    log.bytes(1, 'server', hex('88 02 03e8')).bytes(1, 'client', hex('88 82 00000000 03e8'));
    const passport = first(log.end(1, 'server'));
    expect(passport.pings).toEqual({
      received: 3,
      held: 0,
      answered: 1,
      passedOver: 1,
      fastestMs: 2,
      slowestMs: 2,
      sent: 0,
      unsolicited: 1,
    });
    expect(passport.close).toMatchObject({ startedBy: 'server', answeredAfterMs: 1 });
    expect(line(passport, 'Close', 'Its Close frame')?.seen).toBe(
      'code 1000, in answer to the server’s after 1.0 ms',
    );
    expect(line(passport, 'Ping', 'Answers a ping')?.seen).toBe(
      '1 of 3 answered, 1 passed over as it may, 1 without an answer',
    );
  });

  it('blames no client for what the link held back: a ping, a Close', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'server', hex('89 01 01'), null);
    log.bytes(1, 'server', hex('88 02 03e8'), null).end(1, 'link', 'rst');
    const passport = first(log);
    expect(passport.pings).toMatchObject({ received: 0, held: 1, answered: 0 });
    expect(passport.close.report).toMatchObject({ closeCode: 1006, wasClean: false });
    expect(line(passport, 'Close', 'Its Close frame')).toBeUndefined();
    expect(line(passport, 'Close', 'TCP ended by')?.seen).toBe('the network, with RST');
  });

  it('says that a client left the Close of the server without an answer', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'server', hex('88 00')).end(1, 'client', 'rst');
    expect(line(first(log), 'Close', 'Its Close frame')?.mark).toBe('broken');
    expect(line(first(log), 'Close', 'TCP ended by')?.seen).toBe('the client, with RST');
  });
});
