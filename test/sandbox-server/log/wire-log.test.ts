import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogMemory } from '../../../sandbox-server/log/log-memory.ts';
import { WireLog, type WireLogBounds } from '../../../sandbox-server/log/wire-log.ts';
import type { WireEvent } from '../../../src/contract/wire-event.ts';

const roomy: WireLogBounds = { maxLogBytes: 1 << 20, maxLogEvents: 10_000 };

const createLog = (bounds: Partial<WireLogBounds> = {}, memory = new LogMemory(1 << 30)): WireLog =>
  new WireLog({ ...roomy, ...bounds }, memory);

const record = (log: WireLog, ...texts: string[]): void => {
  for (const text of texts) log.appendBytes(1, 'client', [Buffer.from(text)], 1.5, 2.5);
};

const textsOf = (events: readonly WireEvent[]): string[] =>
  events.map((event) => (event.type === 'bytes' ? Buffer.from(event.bytes).toString() : event.type));

describe('WireLog', () => {
  it('gives back what was recorded, numbered from 1', () => {
    const log = createLog();
    log.append({ at: 0.25, type: 'open', conn: 7, path: '/labs/1/echo' });
    log.appendBytes(7, 'client', [Buffer.from('a'), Buffer.from('bc')], 1.125, 2.5);
    log.appendBytes(7, 'server', [Buffer.from('d')], 3, 3);
    log.append({
      at: 4,
      type: 'bytes',
      conn: 7,
      from: 'client',
      bytes: Buffer.from('x'),
      became: Buffer.from('yz'),
    });
    log.append({ at: 5, type: 'end', conn: 7, by: 'link', how: 'rst' });
    expect(
      log
        .after(0)
        .map((event) => (event.type === 'bytes' ? { ...event, bytes: String(event.bytes) } : event)),
    ).toEqual([
      { seq: 1, at: 0.25, type: 'open', conn: 7, path: '/labs/1/echo' },
      { seq: 2, at: 1.125, due: 2.5, type: 'bytes', conn: 7, from: 'client', bytes: 'abc' },
      { seq: 3, at: 3, due: 3, type: 'bytes', conn: 7, from: 'server', bytes: 'd' },
      { seq: 4, at: 4, type: 'bytes', conn: 7, from: 'client', bytes: 'x', became: Buffer.from('yz') },
      { seq: 5, at: 5, type: 'end', conn: 7, by: 'link', how: 'rst' },
    ]);
    expect({ events: log.eventCount, bytes: log.byteCount, lastSeq: log.lastSeq }).toEqual({
      events: 5,
      bytes: 7,
      lastSeq: 5,
    });
  });

  it('keeps the bytes as they were, whatever becomes of the buffer that they came in', () => {
    const log = createLog();
    const bytes = Buffer.from('masked');
    log.appendBytes(1, 'client', [bytes], 0, 0);
    bytes.fill(0);
    expect(textsOf(log.after(0))).toEqual(['masked']);
  });

  it('drops the oldest to stay within its events, and says so', () => {
    const log = createLog({ maxLogEvents: 4 });
    record(log, 'a', 'bb', 'ccc', 'd', 'e', 'f');
    expect(textsOf(log.after(0))).toEqual(['ccc', 'd', 'e', 'f']);
    expect(log.gapAfter(0, 'log full', 0)).toEqual({
      seq: 2,
      at: 1.5,
      type: 'gap',
      events: 2,
      byteCount: 3,
      why: 'log full',
    });
    expect(log.gapAfter(1, 'log full', 1)).toMatchObject({ seq: 2, events: 1, byteCount: 2 });
    expect(log.gapAfter(2, 'log full')).toBeUndefined();
    expect(log.droppedEvents).toBe(2);
  });

  it('drops the oldest to stay within its bytes', () => {
    const log = createLog({ maxLogBytes: 10 });
    record(log, 'aaaa', 'bbbb', 'cccc');
    expect(textsOf(log.after(0))).toEqual(['bbbb', 'cccc']);
    expect(log.byteCount).toBe(8);
  });

  it('does not hold what is larger than it may be altogether', () => {
    const log = createLog({ maxLogBytes: 10 });
    record(log, 'a', 'b'.repeat(11), 'c');
    expect(textsOf(log.after(0))).toEqual(['c']);
    expect(log.gapAfter(0, 'log full')).toMatchObject({ seq: 2, events: 2, byteCount: 12 });
  });

  it('never holds more than its bounds, and has every event once, whatever is recorded', () => {
    const pieces = fc.array(fc.oneof(fc.nat(40), fc.constant(undefined)), { maxLength: 400 });
    const bounds = fc.record({
      maxLogBytes: fc.integer({ min: 1, max: 600 }),
      maxLogEvents: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(pieces, bounds, (sizes, { maxLogBytes, maxLogEvents }) => {
        const log = createLog({ maxLogBytes, maxLogEvents });
        let recorded = 0;
        for (const [index, size] of sizes.entries()) {
          if (size === undefined) log.append({ at: index, type: 'left', conn: 1, of: index });
          else log.appendBytes(1, 'server', [Buffer.alloc(size, index)], index, index);
          recorded += size ?? 0;
          expect(log.byteCount).toBeLessThanOrEqual(maxLogBytes);
          expect(log.eventCount).toBeLessThanOrEqual(maxLogEvents);
        }
        const held = log.after(0);
        const gap = log.gapAfter(0, 'log full');
        expect(held.map(({ seq }) => seq)).toEqual(
          Array.from({ length: log.eventCount }, (_, index) => sizes.length - log.eventCount + index + 1),
        );
        for (const event of held) {
          expect(event.at).toBe(event.seq - 1);
          if (event.type === 'bytes') expect(new Set(event.bytes).size).toBeLessThanOrEqual(1);
          if (event.type === 'bytes') expect(event.bytes).toHaveLength(sizes[event.seq - 1] ?? -1);
        }
        expect((gap?.events ?? 0) + log.eventCount).toBe(sizes.length);
        expect((gap?.byteCount ?? 0) + log.byteCount).toBe(recorded);
      }),
    );
  });

  it('gives at most as many events and bytes as are asked for, but always one', () => {
    const log = createLog();
    record(log, 'aa', 'bb', 'cc', 'dd');
    expect(textsOf(log.after(1, 2))).toEqual(['bb', 'cc']);
    expect(textsOf(log.after(0, 10, 3))).toEqual(['aa', 'bb']);
    expect(textsOf(log.after(3, 10, 1))).toEqual(['dd']);
    expect(log.after(4)).toEqual([]);
  });

  it('knows how many bytes were recorded up to an event that it holds', () => {
    const log = createLog({ maxLogEvents: 2 });
    record(log, 'a', 'bb', 'ccc', 'dddd');
    expect([0, 1, 2, 3, 4].map((seq) => log.recordedBytesAt(seq))).toEqual([undefined, undefined, 3, 6, 10]);
  });

  it('tells its follower of each event, until there is none', () => {
    const log = createLog();
    let calls = 0;
    log.follow(() => calls++);
    record(log, 'a', 'b');
    log.follow(undefined);
    record(log, 'c');
    expect(calls).toBe(2);
  });

  it('gives all its memory back when it is closed, and takes nothing more', () => {
    const memory = new LogMemory(1 << 30);
    const log = createLog({}, memory);
    record(log, 'a'.repeat(100_000));
    expect(memory.bytes).toBeGreaterThanOrEqual(100_000);
    log.close();
    record(log, 'b');
    expect(memory.bytes).toBe(0);
    expect({ events: log.eventCount, bytes: log.byteCount, lastSeq: log.lastSeq }).toEqual({
      events: 0,
      bytes: 0,
      lastSeq: 1,
    });
  });

  it('uses the memory of what it has dropped again, and so takes no more of it', () => {
    const memory = new LogMemory(1 << 30);
    const log = createLog({ maxLogBytes: 1 << 20, maxLogEvents: 100_000 }, memory);
    const fill = (count: number): number => {
      for (let index = 0; index < count; index++)
        log.appendBytes(1, 'client', [Buffer.alloc(1024)], index, index);
      return memory.bytes;
    };
    const full = fill(3000);
    expect(fill(30_000)).toBeLessThanOrEqual(full * 1.5);
    expect(memory.bytes).toBe(log.memoryBytes);
  });
});
