import { describe, expect, it } from 'vitest';
import { backInACrowd } from '../../../lessons/challenges/back-in-a-crowd.ts';
import { quietDeploy } from '../../../lessons/challenges/quiet-deploy.ts';
import { perfectLink } from '../../../src/contract/conditions.ts';
import type { WireEvent } from '../../../src/contract/wire-event.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { hex, sampleRequest, sampleResponse } from '../../derive/written-log.ts';

/** A crowd that lost its server at 1000 ms, and when each of them came back, ms after that. */
function crowdLog(comings: readonly number[], isTold: boolean) {
  const events: WireEvent[] = [];
  const add = (event: Record<string, unknown>): void => {
    events.push({ seq: events.length + 1, ...event } as unknown as WireEvent);
  };
  const opens = (at: number, conn: number): void => {
    add({ at, type: 'open', conn, path: '/labs/x/stream' });
    add({ at, due: at, type: 'bytes', conn, from: 'client', bytes: sampleRequest });
    add({ at, due: at, type: 'bytes', conn, from: 'server', bytes: sampleResponse });
  };
  comings.forEach((_, index) => {
    opens(10, index + 1);
  });
  add({ at: 1000, type: 'conditions', conditions: { ...perfectLink, accept: false } });
  comings.forEach((_, index) => {
    if (isTold) {
      add({ at: 1000, due: 1000, type: 'bytes', conn: index + 1, from: 'server', bytes: hex('88 02 03 f4') });
    }
    add({ at: 1001, type: 'end', conn: index + 1, by: 'server', how: 'fin' });
  });
  add({ at: 1002, type: 'conditions', conditions: perfectLink });
  comings.forEach((after, index) => {
    opens(1000 + after, comings.length + index + 1);
  });
  return readLog(events);
}

const together = Array.from({ length: 60 }, () => 1000);
const spread = Array.from({ length: 60 }, (_, index) => 50 + index * 80);

describe('No stampede', () => {
  const passed = (log: ReturnType<typeof crowdLog>): boolean =>
    backInACrowd.judge(log.connections, log).passed;

  it('is passed by a crowd that comes back spread out', () => {
    expect(passed(crowdLog(spread, false))).toBe(true);
  });

  it('is not passed by a heap, by a handful, or while some are missing', () => {
    expect(passed(crowdLog(together, false))).toBe(false);
    expect(passed(crowdLog(spread.slice(0, 20), false))).toBe(false);
    const log = crowdLog(spread, false);
    expect(backInACrowd.judge(log.connections.slice(0, -1), log).passed).toBe(false);
    expect(backInACrowd.judge([]).passed).toBe(false);
  });
});

describe('A quiet deployment', () => {
  const passed = (log: ReturnType<typeof crowdLog>): boolean =>
    quietDeploy.judge(log.connections, log).passed;

  it('is passed where each was told, and none queued', () => {
    expect(passed(crowdLog(spread, true))).toBe(true);
  });

  it('is not passed where nobody was told, or all came at once', () => {
    expect(passed(crowdLog(spread, false))).toBe(false);
    expect(passed(crowdLog(together, true))).toBe(false);
    expect(quietDeploy.judge([]).passed).toBe(false);
  });
});
