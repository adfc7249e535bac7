import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import { LogReader, readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

const busy = (): WrittenLog =>
  new WrittenLog()
    .upgraded(1)
    .open(2, null)
    .bytes(1, 'client', hex('818537fa213d7f9f4d5158'))
    .bytes(1, 'server', hex('810548656c6c6f'))
    .end(2, 'client')
    .end(1, 'server');

describe('LogReader', () => {
  it('comes to the same view in one batch or in many, and when batches overlap', () => {
    const { events } = busy();
    const whole = readLog(events);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(events.length), fc.nat(4))), (batches) => {
        const reader = new LogReader();
        let read = 0;
        for (const [end, overlap] of batches.toSorted(([one], [other]) => one - other)) {
          reader.read(events.slice(Math.max(0, read - overlap), end));
          read = Math.max(read, end);
        }
        reader.read(events.slice(Math.max(0, read - 1)));
        expect(reader.view).toEqual(whole);
      }),
    );
  });

  it('passes over events that it has read, so that a resumed log leaves no double', () => {
    const { events } = busy();
    const reader = new LogReader();
    reader.read(events);
    const before = reader.view;
    reader.read(events.slice(2));
    expect(reader.view).toBe(before);
  });

  it('keeps the object of a connection that nothing was added to', () => {
    const { events } = busy();
    const reader = new LogReader();
    reader.read(events.slice(0, 4));
    const [first, second] = reader.view.connections;
    reader.read(events.slice(4, 5));
    expect(reader.view.connections[0]).not.toBe(first);
    expect(reader.view.connections[1]).toBe(second);
  });

  it('says what was dropped, and does not guess at a connection whose beginning is gone', () => {
    const view = readLog([
      { seq: 9, at: 9, type: 'gap', events: 9, byteCount: 400, why: 'log full' },
      { seq: 10, at: 10, due: 10, type: 'bytes', conn: 4, from: 'server', bytes: hex('810548656c6c6f') },
    ]);
    expect(view.gaps).toHaveLength(1);
    expect(view.connections[0]).toMatchObject({ conn: 4, beheaded: true, frames: [], request: undefined });
    expect(view.lastSeq).toBe(10);
  });

  it('knows the conditions that hold now', () => {
    expect(readLog([]).conditions).toEqual(perfectLink);
    const view = readLog([
      { seq: 1, at: 0, type: 'conditions', conditions: { ...perfectLink, upgrade: 'strip' } },
    ]);
    expect(view.conditions).toEqual({ ...perfectLink, upgrade: 'strip' });
  });
});
