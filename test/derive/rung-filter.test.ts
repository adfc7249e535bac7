import { describe, expect, it } from 'vitest';
import { rungsOfConnection } from '../../src/derive/ladder.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { allRungs, filterRungs, groupOf } from '../../src/derive/rung-filter.ts';
import { hex, WrittenLog } from './written-log.ts';

const [connection] = readLog(
  new WrittenLog()
    .upgraded(1)
    .bytes(1, 'client', hex('02 81 00000000 48'))
    .bytes(1, 'client', hex('89 80 00000000'))
    .bytes(1, 'client', hex('80 81 00000000 49'))
    .bytes(1, 'server', hex('81 01 48')).events,
).connections;
if (!connection) throw new Error('the log holds no connection');
const rungs = rungsOfConnection(connection);

describe('filterRungs', () => {
  it('lets everything through where nothing is left out', () => {
    expect(filterRungs(rungs, allRungs)).toBe(rungs);
  });

  it('counts a continuation with the message that it continues', () => {
    const binary = filterRungs(rungs, { groups: new Set(['binary']), side: 'both' });
    expect(binary.map(({ id }) => id)).toEqual(['1.1', '1.3']);
  });

  it('narrows to one direction', () => {
    const frames = filterRungs(rungs, { groups: new Set(['text', 'binary', 'control']), side: 'server' });
    expect(frames.map(({ id }) => id)).toEqual(['1.4']);
  });

  it('puts every rung into one group', () => {
    expect(rungs.map(groupOf)).toEqual([
      'other',
      'other',
      'other',
      'other',
      'binary',
      'control',
      'binary',
      'text',
    ]);
  });
});
