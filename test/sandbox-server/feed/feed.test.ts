import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Feed, type FeedLimits, type FeedListener } from '../../../sandbox-server/feed/feed.ts';
import { gapBefore, payloadOf } from '../../../sandbox-server/feed/source.ts';
import { defaultLimits } from '../../../sandbox-server/limits.ts';
import {
  defaultFeedSettings,
  parseFeedText,
  type FeedMessage,
  type FeedSettings,
} from '../../../src/contract/feed.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

const labStartedAt = 1_000_000;

function createFeed(limits: Partial<FeedLimits> = {}): { feed: Feed; clock: FakeClock } {
  const clock = createFakeClock();
  return { feed: new Feed({ ...defaultLimits, ...limits }, clock, labStartedAt), clock };
}

const messagesOf = (feed: Feed, since = 0): FeedMessage[] =>
  [...feed.after(since)].map(({ text }) => {
    const message = parseFeedText(text);
    if (!message.ok) throw new Error(message.message);
    return message.value;
  });

const idsOf = (feed: Feed, since = 0): number[] => messagesOf(feed, since).map(({ id }) => id);

/** One who stays, and writes down what it is told. */
const listenerOf = (told: string[]): FeedListener => ({
  transport: 'events',
  heard: () => told.push('heard'),
  begun: () => told.push('begun'),
  ended: () => told.push('ended'),
});

describe('Feed', () => {
  it('makes nothing until somebody listens, and then one message of 64 bytes a second', () => {
    const { feed, clock } = createFeed();
    clock.pass(5000);
    expect(feed.state()).toMatchObject({ phase: 'not begun', run: 0, startedAt: null, lastId: 0 });
    feed.attend('poll');
    clock.pass(3500);
    expect(feed.state()).toMatchObject({
      phase: 'running',
      run: 1,
      startedAt: labStartedAt + 5000,
      now: labStartedAt + 8500,
      settings: defaultFeedSettings,
    });
    expect(messagesOf(feed)).toEqual(
      [1, 2, 3].map((id) => ({
        id,
        bornAt: labStartedAt + 5000 + id * 1000,
        payload: payloadOf(id, defaultFeedSettings),
      })),
    );
  });

  it('makes the same messages with the same gaps in every run of the same settings', () => {
    const settings = fc.record<FeedSettings>({
      messagesPerSecond: fc.double({ min: 0.1, max: 1000, noNaN: true }),
      burstiness: fc.double({ min: 0, max: 1, noNaN: true }),
      payloadBytes: fc.integer({ min: 0, max: 50 }),
      count: fc.integer({ min: 1, max: 30 }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    });
    fc.assert(
      fc.property(settings, fc.integer({ min: 0, max: 100_000 }), (given, pause) => {
        const { feed, clock } = createFeed();
        feed.join(listenerOf([]));
        const run = (): FeedMessage[] => {
          const startedAt = clock.timeOfDay();
          feed.begin(given);
          clock.pass(1e9);
          return messagesOf(feed).map((message) => ({ ...message, bornAt: message.bornAt - startedAt }));
        };
        const first = run();
        clock.pass(pause);
        const second = run();
        expect(first).toHaveLength(given.count);
        let dueAt = 0;
        for (const [index, { id, bornAt, payload }] of first.entries()) {
          dueAt += gapBefore(id, given);
          expect({ ...second[index], bornAt: 0 }).toEqual({ id, payload, bornAt: 0 });
          expect(bornAt).toBeCloseTo(dueAt, 3);
          expect(second[index]?.bornAt).toBeCloseTo(bornAt, 3);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('ends after its count, and leaves no timer', () => {
    const { feed, clock } = createFeed();
    feed.begin({ ...defaultFeedSettings, count: 3 });
    clock.pass(60_000);
    expect(feed.state()).toMatchObject({ phase: 'complete', lastId: 3, oldestId: 1 });
    expect(clock.timerCount).toBe(0);
  });

  it('rests when nobody has listened for a while, and goes on with the next id when somebody does', () => {
    const { feed, clock } = createFeed({ feedIdleSeconds: 10 });
    feed.attend('poll');
    clock.pass(60_000);
    expect(feed.state()).toMatchObject({ phase: 'resting', lastId: 10 });
    expect(clock.timerCount).toBe(0);
    feed.attend('poll');
    clock.pass(1500);
    expect(feed.state()).toMatchObject({ phase: 'running', run: 1, lastId: 11 });
  });

  it('does not rest while somebody stays', () => {
    const { feed, clock } = createFeed({ feedIdleSeconds: 10 });
    const told: string[] = [];
    feed.attend('events');
    const leave = feed.join(listenerOf(told));
    clock.pass(60_000);
    expect(feed.state()).toMatchObject({ phase: 'running', lastId: 60 });
    expect(told).toHaveLength(60);
    leave();
    clock.pass(60_000);
    expect(feed.state()).toMatchObject({ phase: 'resting', lastId: 70 });
    expect(told).toHaveLength(60);
  });

  it('counts from 1 in a new run, and tells those who stay', () => {
    const { feed, clock } = createFeed();
    const told: string[] = [];
    feed.join(listenerOf(told));
    feed.begin(defaultFeedSettings);
    clock.pass(2000);
    feed.begin({ ...defaultFeedSettings, seed: 2 });
    expect(feed.state()).toMatchObject({ run: 2, lastId: 0, transports: { events: { open: 1 } } });
    clock.pass(1000);
    expect(idsOf(feed)).toEqual([1]);
    expect(told).toEqual(['begun', 'heard', 'heard', 'begun', 'heard']);
  });

  it('stops, and still holds what it has made; only a new run goes on', () => {
    const { feed, clock } = createFeed();
    feed.begin(defaultFeedSettings);
    clock.pass(2000);
    feed.stop();
    feed.attend('poll');
    clock.pass(5000);
    expect(feed.state()).toMatchObject({ phase: 'stopped', lastId: 2 });
    expect(idsOf(feed)).toEqual([1, 2]);
    feed.begin(defaultFeedSettings);
    expect(feed.state().phase).toBe('running');
  });

  it('ends with its lab: tells those who stay, holds nothing, and begins no more', () => {
    const { feed, clock } = createFeed();
    const told: string[] = [];
    feed.begin(defaultFeedSettings);
    feed.join(listenerOf(told));
    clock.pass(1000);
    feed.end();
    feed.end();
    feed.begin(defaultFeedSettings);
    clock.pass(5000);
    expect(told).toEqual(['heard', 'ended']);
    expect([idsOf(feed), clock.timerCount]).toEqual([[], 0]);
  });

  it('says how many after a since it holds no longer', () => {
    const { feed, clock } = createFeed({ maxFeedMessages: 5 });
    feed.begin(defaultFeedSettings);
    clock.pass(12_000);
    expect([0, 5, 7, 12].map((since) => feed.missedAfter(since))).toEqual([7, 2, 0, 0]);
    expect(idsOf(feed, 3)).toEqual([8, 9, 10, 11, 12]);
    expect(idsOf(feed, 10)).toEqual([11, 12]);
  });

  it('makes up for a moment of delay, but not for a machine that slept', () => {
    const { feed, clock } = createFeed();
    feed.join(listenerOf([]));
    feed.begin({ ...defaultFeedSettings, messagesPerSecond: 100 });
    clock.sleep(500);
    clock.pass(0);
    expect(feed.lastId).toBe(50);
    clock.sleep(3_600_000);
    clock.pass(0);
    expect(feed.lastId).toBeLessThan(200);
    const { lastId } = feed;
    clock.pass(1000);
    expect(feed.lastId - lastId).toBe(100);
  });

  it('refuses requests that come too fast, and one too many who stays', () => {
    const { feed } = createFeed({ maxFeedRequestsPerSecond: 3, maxFeedListenersPerLab: 1 });
    for (let request = 0; request < 3; request++) feed.attend('poll');
    expect(() => {
      feed.attend('poll');
    }).toThrow('asked too often');
    expect(feed.workOf('poll').requests).toBe(4);
    feed.demandRoom();
    const leave = feed.join(listenerOf([]));
    expect(() => {
      feed.demandRoom();
    }).toThrow('already has the 1 listeners');
    leave();
    leave();
    feed.demandRoom();
    expect(feed.workOf('events').open).toBe(0);
  });
});
