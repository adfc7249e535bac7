import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import type { WireEvent } from '../../src/contract/wire-event.ts';
import { comingsOf } from '../../src/derive/arrivals.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, sampleRequest, sampleResponse } from './written-log.ts';

/** A wire log in which things happen at times of one's choice, ms. */
class Timed {
  readonly events: WireEvent[] = [];

  add(event: { at: number } & Record<string, unknown>): this {
    this.events.push({ seq: this.events.length + 1, ...event } as unknown as WireEvent);
    return this;
  }

  accept(at: number, accept: boolean): this {
    return this.add({ at, type: 'conditions', conditions: { ...perfectLink, accept } });
  }

  arrives(at: number, conn: number): this {
    return this.add({ at, type: 'open', conn, path: '/labs/x/stream' });
  }

  asks(at: number, conn: number): this {
    return this.add({ at, due: at, type: 'bytes', conn, from: 'client', bytes: sampleRequest });
  }

  answered(at: number, conn: number): this {
    return this.add({ at, due: at, type: 'bytes', conn, from: 'server', bytes: sampleResponse });
  }

  says(at: number, conn: number, bytes: string): this {
    return this.add({ at, due: at, type: 'bytes', conn, from: 'server', bytes: hex(bytes) });
  }

  ends(at: number, conn: number, by: 'client' | 'server' | 'link'): this {
    return this.add({ at, type: 'end', conn, by, how: 'rst' });
  }

  get comings() {
    const { connections, conditionChanges } = readLog(this.events);
    return comingsOf(connections, conditionChanges);
  }
}

const opens = (log: Timed, at: number, conn: number): Timed =>
  log.arrives(at, conn).asks(at, conn).answered(at, conn);

describe('How clients come back', () => {
  it('is unknown while no server has ended', () => {
    expect(opens(new Timed(), 0, 1).comings).toBeUndefined();
  });

  it('counts those that stood, were told, found nobody, waited in line, and were back', () => {
    const log = new Timed();
    for (const conn of [1, 2, 3]) opens(log, 10, conn);
    // The first is told with a Close frame of 1012, the others are cut off.
    log.accept(1000, false).says(1000, 1, '88 02 03 f4');
    for (const conn of [1, 2, 3]) log.ends(1001, conn, 'link');
    log.arrives(1250, 4).ends(1250, 4, 'link');
    log.accept(2000, true);
    log.arrives(2010, 5).asks(2010, 5).arrives(2020, 6).asks(2020, 6).arrives(2030, 7).asks(2030, 7);
    log.answered(2040, 5).answered(2140, 6);
    expect(log.comings).toMatchObject({ back: 2, allBackAfterMs: undefined, longestLine: 3 });
    // The first of them has left by itself before the last is back.
    log.add({ at: 2200, due: 2200, type: 'bytes', conn: 5, from: 'client', bytes: hex('88 80 00 00 00 00') });
    log.ends(2210, 5, 'server').answered(2240, 7);
    expect(log.comings).toMatchObject({
      endedAt: 1000,
      upAfterMs: 1000,
      stood: 3,
      toldGoodbye: 1,
      attempts: 4,
      refused: 1,
      unanswered: 0,
      back: 3,
      allBackAfterMs: 1240,
      peakArrivals: 3,
      peakAnswers: 1,
      handshakeBytes: 3 * (sampleRequest.length + sampleResponse.length),
    });
    const bins = log.comings?.bins ?? [];
    expect(bins[0]).toMatchObject({ ended: 3 });
    expect(bins[2]).toMatchObject({ arrived: 1, refused: 1 });
    expect(bins[10]).toMatchObject({ arrived: 3, answered: 1 });
    expect(bins.slice(11, 13).map(({ answered }) => answered)).toEqual([1, 1]);
  });

  it('counts who hung up before it was answered', () => {
    const log = opens(new Timed(), 10, 1).accept(100, false).ends(100, 1, 'link').accept(200, true);
    log.arrives(300, 2).asks(300, 2).ends(900, 2, 'client');
    expect(log.comings).toMatchObject({ unanswered: 1, refused: 0, back: 0, longestLine: 1 });
  });

  it('is about the last end of the server only', () => {
    const log = opens(new Timed(), 10, 1).accept(100, false).ends(100, 1, 'link').accept(200, true);
    opens(log, 300, 2).accept(1000, false).ends(1000, 2, 'link').accept(1100, true);
    expect(log.comings).toMatchObject({ endedAt: 1000, stood: 1, attempts: 0 });
  });
});
