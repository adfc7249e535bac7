import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import { ladder, rungsOfConnection } from '../../src/derive/ladder.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { passageWords, rungLabel, rungSentence } from '../../src/derive/rung-text.ts';
import type { Rung } from '../../src/derive/rung.ts';
import { hex, WrittenLog } from './written-log.ts';

const rungsOf = (log: WrittenLog): Rung[] => readLog(log.events).connections.flatMap(rungsOfConnection);

describe('The words of a rung', () => {
  it('say what happened, and who to whom', () => {
    const rungs = rungsOf(
      new WrittenLog().upgraded(1).bytes(1, 'server', hex('81 02 6869')).end(1, 'server', 'rst'),
    );
    expect(rungs.map(rungLabel)).toEqual([
      'TCP accepted',
      'GET /labs/x/echo',
      '101 Switching Protocols',
      'The handshake is done',
      "TEXT 'hi' [2 bytes]",
      'TCP ended with RST',
    ]);
    expect(rungs.map(rungSentence).at(-1)).toBe('connection 1, Server: TCP ended with RST.');
  });

  it('name what is imposed, and only that', () => {
    const log = new WrittenLog().upgraded(1);
    const conditions = { ...perfectLink, latencyMs: 200, jitterMs: 50, idleTimeoutMs: 3000 };
    log.events.push({ seq: 4, at: 9, type: 'conditions', conditions });
    log.events.push({ seq: 5, at: 10, type: 'imposed', what: 'forgotten', conn: 1 });
    log.events.push({ seq: 6, at: 11, type: 'conditions', conditions: perfectLink });
    const view = readLog(log.events);
    expect(ladder(view, view.connections, []).slice(-3).map(rungLabel)).toEqual([
      'Imposed: 200-250 ms each way, idle 3 s → forgotten',
      'A middlebox has forgotten connection 1',
      'Perfect link',
    ]);
  });

  it('say what the link did to the bytes', () => {
    const passages = (log: WrittenLog): string | undefined =>
      rungsOf(log)
        .filter(({ what }) => what.kind === 'frame')
        .map(passageWords)[0];
    const frame = hex('81 02 6869');
    const opened = (): WrittenLog => new WrittenLog().upgraded(1);
    expect(passages(opened().bytes(1, 'server', frame))).toBe('');
    expect(passages(opened().bytes(1, 'server', frame, 40))).toBe('37.0 ms on the link');
    expect(passages(opened().bytes(1, 'server', frame, null))).toBe('held by the link');
    expect(passages(opened().bytes(1, 'server', frame, null).end(1, 'link', 'rst'))).toBe('never arrived');
    // A forgotten connection has no end that anybody is told of.
    expect(passages(opened().bytes(1, 'server', frame, null).lost(1, 'server', 4))).toBe('never arrived');
  });
});
