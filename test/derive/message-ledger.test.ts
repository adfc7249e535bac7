import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/contract/wire-event.ts';
import { messageText, type Belief } from '../../src/derive/belief.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { totalsOf, type LedgerLine } from '../../src/derive/message-fate.ts';
import { messageLedger, type Evidence } from '../../src/derive/message-ledger.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { encodeUtf8 } from '../../src/protocol/utf8.ts';
import { sampleRequest, sampleResponse, wire } from './written-log.ts';

const mark = 'abcde';
const maskingKey = Uint8Array.of(1, 2, 3, 4);
const path = `/labs/x/stream?every=100&mark=${mark}`;
const envelopeResponse = wire(
  'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\nSec-WebSocket-Protocol: resilient.v1\n\n',
);

type Event = WireEvent extends infer One ? (One extends WireEvent ? Omit<One, 'seq'> : never) : never;

/** A run that is written by hand. The page's clock is 1000 ms behind the lab's. */
class WrittenRun {
  readonly beliefs: Belief[] = [];
  readonly #events: WireEvent[] = [];

  add(event: Event): this {
    this.#events.push({ seq: this.#events.length + 1, ...event });
    return this;
  }

  connect(conn: number, at: number, response = sampleResponse): this {
    this.add({ type: 'open', at, conn, path });
    this.add({ type: 'bytes', at, due: at, conn, from: 'client', bytes: sampleRequest });
    return this.add({ type: 'bytes', at, due: at, conn, from: 'server', bytes: response });
  }

  /** A text message of a side; without `due` the link holds it. */
  text(conn: number, from: 'client' | 'server', text: string, at: number, due?: number): this {
    const payload = encodeUtf8(text);
    const bytes = encodeFrame(
      from === 'client' ? { opcode: 1, payload, maskingKey } : { opcode: 1, payload },
    );
    return this.add({ type: 'bytes', at, conn, from, bytes, ...(due === undefined ? {} : { due }) });
  }

  up(conn: number, number: number, at: number, due?: number): this {
    return this.text(conn, 'client', messageText(mark, number), at, due);
  }

  took(conn: number, number: number, at: number): this {
    return this.add({ type: 'program', did: 'took', conn, data: messageText(mark, number), at });
  }

  made(number: number, at: number): this {
    return this.add({ type: 'program', did: 'made', data: `message ${String(number)}`, at });
  }

  down(conn: number, number: number, at: number, due?: number): this {
    return this.text(conn, 'server', `message ${String(number)}`, at, due);
  }

  believe(belief: Belief): this {
    this.beliefs.push(belief);
    return this;
  }

  /** `send()` has taken a message, by the lab's clock. */
  sent(number: number, at: number): this {
    return this.believe({ what: 'sent', number, at: at - 1000 });
  }

  applied(number: number, at: number): this {
    return this.believe({ what: 'applied', data: `message ${String(number)}`, at: at - 1000 });
  }

  ledger(given: Partial<Evidence> = {}) {
    const { connections, program } = readLog(this.#events);
    return messageLedger({
      mark,
      beliefs: this.beliefs,
      connections,
      program,
      stoppedAt: undefined,
      now: 100_000,
      isOver: false,
      isAcknowledged: false,
      isResumed: false,
      lateMs: 1000,
      ...given,
    });
  }
}

const gist = (lines: readonly LedgerLine[]): string[] =>
  lines.map(({ number, fate }) => `${String(number)} ${fate}`);

describe('messageLedger, page to server', () => {
  it('follows a message from send() over the link to the server’s program', () => {
    const run = new WrittenRun().connect(1, 0).sent(1, 100).up(1, 1, 100, 110).took(1, 1, 111);
    const { client, clock } = run.ledger();
    expect(clock).toBe(1000);
    expect(client).toEqual([
      {
        from: 'client',
        number: 1,
        life: 1,
        givenAt: 100,
        belief: 'send() has taken it; nothing was heard of it since',
        copies: [{ conn: 1, frame: 1, at: 100, due: 110, isLost: false }],
        appliedAt: [111],
        isOutOfOrder: false,
        delayMs: 11,
        fate: 'arrived',
      },
    ]);
  });

  it('tells lost from given up, doubled, late, and out of order', () => {
    const run = new WrittenRun().connect(1, 0);
    for (const number of [1, 2, 3, 4, 5, 6]) run.sent(number, number * 100);
    run
      .believe({ what: 'refused', number: 7, why: 'full', at: 0 })
      .up(1, 1, 100, 101)
      .up(1, 3, 300, 301)
      .up(1, 3, 400, 401)
      .up(1, 4, 400, 2000)
      .up(1, 6, 600, 601)
      .up(1, 5, 602, 603)
      .took(1, 1, 101)
      .took(1, 3, 301)
      .took(1, 3, 401)
      .took(1, 6, 601)
      .took(1, 5, 603)
      .took(1, 4, 2000);
    expect(gist(run.ledger({ isOver: true }).client)).toEqual([
      '1 arrived',
      '2 lost',
      '3 doubled',
      '4 out of order',
      '5 out of order',
      '6 arrived',
      '7 given up',
    ]);
  });

  it('calls late what was applied after the run allows, and not what was on time', () => {
    const run = new WrittenRun().connect(1, 0).sent(1, 100).sent(2, 200);
    run.up(1, 1, 100, 101).took(1, 1, 101).up(1, 2, 200, 1300).took(1, 2, 1300);
    expect(gist(run.ledger().client)).toEqual(['1 arrived', '2 late']);
    expect(gist(run.ledger({ lateMs: 1100 }).client)).toEqual(['1 arrived', '2 arrived']);
  });

  it('is under way while the link holds it, while it waits, and while it will be sent again', () => {
    const run = new WrittenRun().connect(1, 0).sent(1, 100).up(1, 1, 100);
    run.believe({ what: 'queued', number: 2, at: 0 });
    expect(gist(run.ledger().client)).toEqual(['1 under way', '2 under way']);
    const lost = new WrittenRun().connect(1, 0).sent(1, 100).up(1, 1, 100);
    lost.add({ type: 'lost', at: 200, conn: 1, from: 'client', byteCount: 1000 });
    expect(gist(lost.ledger().client)).toEqual(['1 lost']);
    expect(gist(lost.ledger({ isAcknowledged: true }).client)).toEqual(['1 under way']);
    expect(gist(lost.ledger({ isAcknowledged: true, isOver: true }).client)).toEqual(['1 lost']);
  });
});

describe('messageLedger, server to page', () => {
  it('counts what the program made while the run listened, heard or not', () => {
    const run = new WrittenRun().made(1, 5).connect(1, 10).made(2, 20).down(1, 2, 20, 21).applied(2, 22);
    run.made(3, 30).made(4, 40).down(1, 4, 40, 41).applied(4, 42).made(5, 90);
    const ledger = run.ledger({ stoppedAt: -1000 + 60, isOver: true });
    expect(gist(ledger.server)).toEqual(['2 arrived', '3 lost', '4 arrived']);
  });

  it('looks into envelopes, and begins where the server has greeted', () => {
    const run = new WrittenRun().connect(1, 0, envelopeResponse).made(1, 5);
    run.text(1, 'server', '{"type":"welcome","life":"x","received":0,"offset":1}', 10, 10);
    run
      .made(2, 20)
      .text(1, 'server', '{"type":"message","offset":2,"data":"message 2"}', 20, 21)
      .applied(2, 22);
    run.text(1, 'server', '{"type":"ack","id":1}', 23, 23).text(1, 'server', 'no JSON', 24, 24);
    expect(gist(run.ledger().server)).toEqual(['2 arrived']);
  });

  it('lets a snapshot stand for what was missed', () => {
    const run = new WrittenRun().connect(1, 0).sent(1, 1).up(1, 1, 1, 2).made(1, 5).made(2, 10);
    run.believe({ what: 'snapshot', data: 'the state after message 2', at: -980 });
    expect(gist(run.ledger({ isOver: true }).server)).toEqual(['1 in a snapshot', '2 in a snapshot']);
  });

  it('tells the lives of a server apart, whose numbers begin anew', () => {
    const run = new WrittenRun().connect(1, 0).made(1, 5).down(1, 1, 5, 6).applied(1, 7).made(2, 10);
    run.connect(2, 500).made(1, 505).down(2, 1, 505, 506).applied(1, 507);
    const { server } = run.ledger({ isOver: true });
    expect(server.map(({ life, number, fate }) => [life, number, fate])).toEqual([
      [1, 1, 'arrived'],
      [1, 2, 'lost'],
      [2, 1, 'arrived'],
    ]);
  });
});

/** What may become of a message on its way, drawn by chance. */
const way = fc.record({
  isRefused: fc.boolean(),
  /** When each copy enters the link, after the sending, and whether it gets through. */
  copies: fc.array(fc.record({ after: fc.nat(3000), gets: fc.boolean() }), { maxLength: 3 }),
});

describe('messageLedger, whatever happens', () => {
  it('has a line for each message, one fate each, and totals that add up', () => {
    fc.assert(
      fc.property(fc.array(way, { maxLength: 20 }), fc.boolean(), (ways, isOver) => {
        const run = new WrittenRun().connect(1, 0);
        const passages: { number: number; at: number; gets: boolean }[] = [];
        ways.forEach(({ isRefused, copies }, index) => {
          const number = index + 1;
          const at = 100 + index * 100;
          if (isRefused) run.believe({ what: 'refused', number, why: 'full', at: at - 1000 });
          else {
            run.sent(number, at);
            for (const { after, gets } of copies) passages.push({ number, at: at + after, gets });
          }
        });
        for (const { number, at, gets } of passages.toSorted((one, other) => one.at - other.at)) {
          run.up(1, number, at, at);
          if (gets) run.took(1, number, at);
        }
        const { client } = run.ledger({ isOver });
        expect(client.map(({ number }) => number)).toEqual(ways.map((_, index) => index + 1));
        for (const [index, { isRefused, copies }] of ways.entries()) {
          const line = client[index];
          const arrivals = isRefused ? [] : copies.filter(({ gets }) => gets);
          expect(line?.appliedAt).toHaveLength(arrivals.length);
          expect(line?.fate === 'doubled').toBe(arrivals.length > 1);
          expect(line?.fate === 'given up').toBe(isRefused);
          if (!isRefused && arrivals.length === 0) expect(line?.fate).toMatch(/lost|under way/);
          if (isOver) expect(line?.fate).not.toBe('under way');
        }
        const totals = totalsOf(client, 1000);
        const { applied, lost, givenUp, underWay, inSnapshot } = totals;
        expect(applied + lost + givenUp + underWay + inSnapshot).toBe(ways.length);
      }),
    );
  });
});
