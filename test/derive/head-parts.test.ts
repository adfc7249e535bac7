import { describe, expect, it } from 'vitest';
import { headParts, partAt } from '../../src/derive/head-parts.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { WrittenLog } from './written-log.ts';

const [connection] = readLog(new WrittenLog().upgraded(1).events).connections;

describe('headParts', () => {
  it('gives each byte of a request to one part at most, in order, and ends with the empty line', () => {
    const { request } = connection ?? {};
    if (!request) throw new Error('the sample has a request');
    const parts = headParts(request);
    expect(parts.slice(0, 3).map(({ kind, value }) => [kind, value])).toEqual([
      ['method', 'GET'],
      ['target', '/labs/x/echo'],
      ['version', 'HTTP/1.1'],
    ]);
    for (const [index, part] of parts.entries()) {
      expect(part.range.start).toBeGreaterThanOrEqual(parts[index - 1]?.range.end ?? 0);
    }
    expect(parts.at(-1)).toMatchObject({ kind: 'emptyLine', range: { end: request.bytes.length } });
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  });

  it('knows the parts of a status line', () => {
    const { response } = connection ?? {};
    if (!response) throw new Error('the sample has a response');
    expect(
      headParts(response)
        .slice(0, 3)
        .map(({ kind, value }) => [kind, value]),
    ).toEqual([
      ['version', 'HTTP/1.1'],
      ['statusCode', '101'],
      ['reasonPhrase', 'Switching Protocols'],
    ]);
  });

  it('finds the part of a byte, and none for the space between two', () => {
    const { request } = connection ?? {};
    if (!request) throw new Error('the sample has a request');
    const parts = headParts(request);
    expect(partAt(parts, 0)?.kind).toBe('method');
    expect(partAt(parts, 3)).toBeUndefined();
    expect(partAt(parts, 4)?.kind).toBe('target');
  });
});
