import { describe, expect, it } from 'vitest';
import { frameFields } from '../../src/derive/frame-fields.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

const fieldsOf = (log: WrittenLog, index = 0) => {
  const [connection] = readLog(log.events).connections;
  const frame = connection?.frames[index];
  if (!connection || !frame) throw new Error('the log holds no such frame');
  return frameFields(frame, connection[frame.from]);
};
const digits = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('frameFields', () => {
  it('takes the masked Hello of RFC 6455 §5.7 apart, byte for byte', () => {
    const fields = fieldsOf(new WrittenLog().upgraded(1).bytes(1, 'client', hex('818537fa213d7f9f4d5158')));
    expect(fields.map(({ id, bytes, bits }) => [id, digits(bytes), bits])).toEqual([
      ['flags', '81', '1 000 0001'],
      ['length', '85', '1 0000101'],
      ['maskingKey', '37fa213d', undefined],
      ['payload', '7f9f4d5158', undefined],
    ]);
    expect(fields[0]?.says).toContain('text');
  });

  it('shows the bytes of a second frame, not of the first, and across two chunks', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'server', hex('8100'))
      .bytes(1, 'server', hex('827e'))
      .bytes(1, 'server', Uint8Array.from([0, 126, ...new Uint8Array(126)]));
    const fields = fieldsOf(log, 1);
    expect(fields.map(({ id, bytes }) => [id, digits(bytes).slice(0, 8)])).toEqual([
      ['flags', '82'],
      ['length', '7e'],
      ['extendedLength', '007e'],
      ['payload', '00000000'],
    ]);
  });

  it('has all bytes of a frame in its fields, in order', () => {
    const bytes = hex('8805 03e8627965');
    const fields = fieldsOf(new WrittenLog().upgraded(1).bytes(1, 'server', bytes));
    expect(fields.map((field) => digits(field.bytes)).join('')).toBe(digits(bytes));
  });

  it('names no payload where there is none', () => {
    const fields = fieldsOf(new WrittenLog().upgraded(1).bytes(1, 'server', hex('8900')));
    expect(fields.map(({ id }) => id)).toEqual(['flags', 'length']);
  });
});
