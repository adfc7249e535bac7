import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import {
  parseWireEvent,
  parseWireEvents,
  parseWireLines,
  wireLogHeader,
  wireEventToJson,
  type WireEvent,
} from '../../src/contract/wire-event.ts';

/** One event of each type, with and without what is optional. */
const samples: [json: string, event: WireEvent][] = [
  [
    '{"seq":1,"at":0.1,"type":"open","conn":1,"path":"/labs/x/echo"}',
    { seq: 1, at: 0.1, type: 'open', conn: 1, path: '/labs/x/echo' },
  ],
  [
    '{"seq":1,"at":0,"type":"open","conn":1,"path":null}',
    { seq: 1, at: 0, type: 'open', conn: 1, path: null },
  ],
  [
    '{"seq":2,"at":0.3,"due":0.5,"type":"bytes","conn":1,"from":"client","data":"R0VU"}',
    { seq: 2, at: 0.3, due: 0.5, type: 'bytes', conn: 1, from: 'client', bytes: Uint8Array.of(71, 69, 84) },
  ],
  [
    '{"seq":2,"at":0.3,"type":"bytes","conn":1,"from":"server","data":""}',
    { seq: 2, at: 0.3, type: 'bytes', conn: 1, from: 'server', bytes: new Uint8Array(0) },
  ],
  [
    '{"seq":2,"at":1,"due":1,"type":"bytes","conn":1,"from":"server","by":"link","data":"AA==","became":"AQ=="}',
    {
      seq: 2,
      at: 1,
      due: 1,
      type: 'bytes',
      conn: 1,
      from: 'server',
      by: 'link',
      bytes: Uint8Array.of(0),
      became: Uint8Array.of(1),
    },
  ],
  ['{"seq":7,"at":64.2,"type":"left","conn":1,"of":3}', { seq: 7, at: 64.2, type: 'left', conn: 1, of: 3 }],
  [
    '{"seq":9,"at":70,"type":"lost","conn":1,"from":"server","bytes":42}',
    { seq: 9, at: 70, type: 'lost', conn: 1, from: 'server', byteCount: 42 },
  ],
  [
    '{"seq":10,"at":80.2,"type":"end","conn":1,"by":"link","how":"rst"}',
    { seq: 10, at: 80.2, type: 'end', conn: 1, by: 'link', how: 'rst' },
  ],
  [
    JSON.stringify({
      seq: 11,
      at: 81,
      type: 'conditions',
      conditions: { ...perfectLink, upgrade: 'strip' },
    }),
    { seq: 11, at: 81, type: 'conditions', conditions: { ...perfectLink, upgrade: 'strip' } },
  ],
  [
    '{"seq":12,"at":90,"type":"gap","events":120,"bytes":65536,"why":"log full"}',
    { seq: 12, at: 90, type: 'gap', events: 120, byteCount: 65_536, why: 'log full' },
  ],
  [
    '{"seq":5,"at":1,"type":"program","did":"took","conn":3,"data":"x"}',
    { seq: 5, at: 1, type: 'program', did: 'took', conn: 3, data: 'x' },
  ],
  [
    '{"seq":6,"at":1,"type":"program","did":"made","data":"message 1"}',
    { seq: 6, at: 1, type: 'program', did: 'made', data: 'message 1' },
  ],
];

const valid = (index: number): Record<string, unknown> =>
  JSON.parse(samples[index]?.[0] ?? 'null') as Record<string, unknown>;

describe('parseWireEvent and wireEventToJson', () => {
  it.each(samples)('read %s, and write it again', (json, event) => {
    const parsed: unknown = JSON.parse(json);
    expect(parseWireEvent(parsed)).toEqual({ ok: true, value: event });
    expect(wireEventToJson(event)).toEqual(parsed);
  });

  it('write bytes with the encoder that they are given', () => {
    const [, event] = samples[2] ?? [];
    if (!event) throw new Error('there is a third sample');
    expect(wireEventToJson(event, (bytes) => `${String(bytes.length)} bytes`)).toMatchObject({
      data: '3 bytes',
    });
  });

  it('drop fields that they do not know: a newer sandbox may send more', () => {
    expect(parseWireEvent({ ...valid(0), colour: 'red' })).toEqual(parseWireEvent(valid(0)));
  });

  it.each([
    ['event', null],
    ['event', [1]],
    ['type', { ...valid(0), type: 'opened' }],
    ['type', { seq: 1, at: 1 }],
    ['seq', { ...valid(0), seq: '1' }],
    ['at', { ...valid(0), at: null }],
    ['conn', { ...valid(0), conn: undefined }],
    ['path', { ...valid(0), path: 7 }],
    ['from', { ...valid(2), from: 'link' }],
    ['due', { ...valid(2), due: 'soon' }],
    ['data', { ...valid(2), data: 'R0V' }],
    ['data', { ...valid(2), data: undefined }],
    ['became', { ...valid(2), became: '!' }],
    ['by', { ...valid(2), by: 'client' }],
    ['of', { ...valid(5), of: {} }],
    ['bytes', { ...valid(6), bytes: '42' }],
    ['by', { ...valid(7), by: 'nobody' }],
    ['how', { ...valid(7), how: 'close' }],
    ['conditions.upgrade', { ...valid(8), conditions: { upgrade: 'x' } }],
    ['conditions.body', { ...valid(8), conditions: 1 }],
    ['events', { ...valid(9), events: true }],
    ['why', { ...valid(9), why: 1 }],
    ['did', { ...valid(samples.length - 1), did: 'lost' }],
    ['data', { ...valid(samples.length - 1), data: 7 }],
  ])('name the wrong field %s of %j', (field, json) => {
    expect(parseWireEvent(json)).toMatchObject({ ok: false, field });
  });

  it('take or refuse any JSON without an exception', () => {
    const nearly = fc
      .tuple(fc.nat(samples.length - 1), fc.string(), fc.jsonValue())
      .map(([index, field, value]) => {
        const fields = Object.keys(valid(index));
        return { ...valid(index), [fields[field.length % fields.length] ?? field]: value };
      });
    fc.assert(
      fc.property(fc.oneof(nearly, fc.jsonValue()), (value) => {
        // As it comes from a wire: JSON has no -0.
        const parsed = parseWireEvent(JSON.parse(JSON.stringify(value)));
        if (parsed.ok)
          expect(parseWireEvent(JSON.parse(JSON.stringify(wireEventToJson(parsed.value))))).toEqual(parsed);
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseWireEvents', () => {
  it('reads a message of the wire channel in order', () => {
    const text = `[${samples.map(([json]) => json).join(',')}]`;
    expect(parseWireEvents(text)).toEqual({ ok: true, value: samples.map(([, event]) => event) });
  });

  it.each([
    ['', 'message'],
    ['{}', 'message'],
    ['[{}', 'message'],
    [`[${samples[0]?.[0] ?? ''},{"seq":2,"at":1,"type":"left","conn":1}]`, '[1].of'],
  ])('names what is wrong with %j', (text, field) => {
    expect(parseWireEvents(text)).toMatchObject({ ok: false, field });
  });
});

describe('parseWireLines', () => {
  it('reads a whole log, one event a line, however its lines end', () => {
    const events = samples.map(([, event]) => event);
    const lines = samples.map(([json]) => json);
    expect(parseWireLines(`${lines.join('\n')}\n`)).toEqual({ ok: true, value: events });
    expect(parseWireLines(lines.join('\r\n\r\n'))).toEqual({ ok: true, value: events });
    expect(parseWireLines('')).toEqual({ ok: true, value: [] });
  });

  it('names the line that is no JSON, as of a log that was cut off', () => {
    const lines = samples.map(([json]) => json);
    const cut = [...lines.slice(0, 3), (lines[3] ?? '').slice(0, 20)].join('\n');
    expect(parseWireLines(cut)).toMatchObject({ ok: false, field: 'line 4' });
  });

  it('passes over the header of its own version, and refuses another', () => {
    const line = samples[0]?.[0] ?? '';
    const header = JSON.stringify(wireLogHeader(1_700_000_000_000));
    expect(parseWireLines(`${header}\n${line}`)).toEqual(parseWireLines(line));
    expect(parseWireLines(`{"format":"ws101.wire","version":2}\n${line}`)).toEqual({
      ok: false,
      field: 'line 1',
      message: 'expected version 1 of the format ws101.wire, got 2',
    });
    expect(parseWireLines(`${header}\n${line}\n7`)).toMatchObject({ ok: false, field: 'line 3, event' });
  });

  it('names the event and the field where a line is JSON, but no event', () => {
    expect(parseWireLines(`${samples[0]?.[0] ?? ''}\n7`)).toMatchObject({
      ok: false,
      field: 'line 2, event',
    });
  });
});
