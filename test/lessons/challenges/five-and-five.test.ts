import { describe, expect, it } from 'vitest';
import { fiveAndFive } from '../../../lessons/challenges/five-and-five.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { wire, WrittenLog } from '../../derive/written-log.ts';

const request = wire('GET /labs/x/feed/poll?since=0 HTTP/1.1\nHost: x\n\n');
const answer = wire('HTTP/1.1 200 OK\nContent-Length: 2\n\n{}');

/** Judges connections by how many polls each carried; those of one poll are over. */
function judge(...polls: readonly number[]) {
  const log = new WrittenLog();
  for (const [index, count] of polls.entries()) {
    log.open(index + 1, '/labs/x/feed/poll');
    for (let asked = 0; asked < count; asked++) {
      log.bytes(index + 1, 'client', request).bytes(index + 1, 'server', answer);
    }
    if (count === 1) log.end(index + 1, 'server');
  }
  return fiveAndFive.judge(readLog(log.events).connections);
}

describe('One connection, and five', () => {
  it('is passed by five polls on one connection and five on five', () => {
    expect(judge(5, 1, 1, 1, 1, 1)).toMatchObject({ passed: true, missing: [] });
  });

  it('names the half that is missing', () => {
    expect(judge(4, 1, 1, 1, 1, 1).missing).toEqual([
      'The most polls on one TCP connection so far: 4; 5 are needed.',
    ]);
    expect(judge(6, 1, 1).missing).toEqual(['2 connections ended after a single poll; 5 are needed.']);
    expect(judge().missing).toHaveLength(2);
  });

  it('counts no other requests, and no poll without its answer', () => {
    const log = new WrittenLog();
    log.open(1, '/labs/x/echo');
    for (let asked = 0; asked < 5; asked++) {
      log
        .bytes(1, 'client', wire('GET /labs/x/feed/long-poll HTTP/1.1\nHost: x\n\n'))
        .bytes(1, 'server', answer);
    }
    log.open(2, '/labs/x/feed/poll').bytes(2, 'client', request).end(2, 'client');
    expect(fiveAndFive.judge(readLog(log.events).connections).seen).toEqual([]);
  });
});
