import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine, jsonLines } from '../../../sandbox-server/log/jsonl.ts';
import { LogMemory } from '../../../sandbox-server/log/log-memory.ts';
import { WireLog } from '../../../sandbox-server/log/wire-log.ts';
import {
  parseWireEvent,
  parseWireLines,
  wireEventToJson,
  type WireEvent,
} from '../../../src/contract/wire-event.ts';

const time = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => Math.abs(value));
const bytes = fc.uint8Array({ maxLength: 100 });
const event: fc.Arbitrary<WireEvent> = fc.oneof(
  fc.record(
    {
      seq: fc.integer({ min: 1 }),
      at: time,
      type: fc.constant('bytes' as const),
      conn: fc.integer({ min: 1 }),
      from: fc.constantFrom('client' as const, 'server' as const),
      bytes,
      due: time,
      became: bytes,
      by: fc.constant('link' as const),
    },
    { requiredKeys: ['seq', 'at', 'type', 'conn', 'from', 'bytes'] },
  ) as fc.Arbitrary<WireEvent>,
  fc.record({
    seq: fc.integer({ min: 1 }),
    at: time,
    type: fc.constant('open' as const),
    conn: fc.integer({ min: 1 }),
    path: fc.option(fc.string()),
  }),
);

describe('jsonLine', () => {
  it('is what the contract says, and is read back as the event that it was', () => {
    fc.assert(
      fc.property(event, (given) => {
        const json: unknown = JSON.parse(jsonLine(given));
        expect(json).toEqual(JSON.parse(JSON.stringify(wireEventToJson(given))));
        const back = parseWireEvent(json);
        expect(back.ok && back.value).toEqual(given.type === 'bytes' ? plainBytes(given) : given);
      }),
    );
  });
});

const plainBytes = (given: Extract<WireEvent, { type: 'bytes' }>): WireEvent => ({
  ...given,
  bytes: Uint8Array.from(given.bytes),
  ...(given.became === undefined ? {} : { became: Uint8Array.from(given.became) }),
});

describe('jsonLines', () => {
  it('writes a log that has dropped its beginning as a gap and what it holds', () => {
    const log = new WireLog({ maxLogBytes: 1 << 20, maxLogEvents: 2000 }, new LogMemory(1 << 30));
    for (let index = 0; index < 5000; index++)
      log.appendBytes(1, 'client', [Buffer.from('ab')], index, index);
    const parsed = parseWireLines([...jsonLines(log)].join(''));
    const events = parsed.ok ? parsed.value : [];
    const [gap, ...held] = events;
    expect(gap).toMatchObject({
      type: 'gap',
      seq: log.droppedEvents,
      events: log.droppedEvents,
      byteCount: 2 * log.droppedEvents,
    });
    expect(held.map(({ seq }) => seq)).toEqual(
      Array.from({ length: log.eventCount }, (_, index) => log.droppedEvents + index + 1),
    );
  });

  it('says what was dropped while it was being written', () => {
    const log = new WireLog({ maxLogBytes: 1 << 20, maxLogEvents: 2000 }, new LogMemory(1 << 30));
    const write = (count: number): void => {
      for (let index = 0; index < count; index++)
        log.appendBytes(1, 'client', [Buffer.from('ab')], index, index);
    };
    write(1500);
    const lines = jsonLines(log);
    let text = String(lines.next().value);
    write(1200);
    for (const more of lines) text += more;
    const parsed = parseWireLines(text);
    const events = parsed.ok ? parsed.value : [];
    const told = events.reduce((sum, each) => sum + (each.type === 'gap' ? each.events : 1), 0);
    const gaps = events.filter((each) => each.type === 'gap');
    expect(told).toBe(events.at(-1)?.seq);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.byteCount).toBe(2 * (gaps[0]?.events ?? 0));
    expect(events.at(-1)?.seq).toBeGreaterThanOrEqual(1500);
  });
});
