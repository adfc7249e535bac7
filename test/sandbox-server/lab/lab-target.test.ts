import { describe, expect, it } from 'vitest';
import { parseLabTarget } from '../../../sandbox-server/lab/lab-target.ts';

describe('parseLabTarget', () => {
  it.each([
    ['/labs/a1/echo?close=1000', 'a1', 'echo', true],
    ['/labs/a1/feed/poll?since=2', 'a1', 'feed/poll', true],
    ['/labs/a1/no-such-service', 'a1', 'no-such-service', true],
    ['http://127.0.0.1:4321/labs/a1/echo', 'a1', 'echo', true],
    ['/labs/a1/wire?since=3', 'a1', 'wire', false],
    ['/labs/a1/raw', 'a1', 'raw', false],
    ['/labs/a1/log', 'a1', 'log', false],
    ['/labs/a1/cut', 'a1', 'cut', false],
    ['/labs/a1/inject', 'a1', 'inject', false],
    ['/labs/a1/feed', 'a1', 'feed', true],
    ['/labs/a1/feed/settings', 'a1', 'feed/settings', false],
    ['/labs/a1/conditions', 'a1', 'conditions', false],
  ])('reads %s', (target, id, part, isRecorded) => {
    expect(parseLabTarget(target)).toMatchObject({ id, part, isRecorded });
  });

  it.each(['/', '/labs', '/labs/', '/labs/a1', '/labs/a1/', '/labs//echo', '/Labs/a1/echo', '*', ''])(
    'finds no part of a lab in %j',
    (target) => {
      expect(parseLabTarget(target)).toBeUndefined();
    },
  );

  it('reads the query, the last parameter included', () => {
    expect(parseLabTarget('/labs/a1/echo?a=1&b=%20')?.query.get('b')).toBe(' ');
  });
});
