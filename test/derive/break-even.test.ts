import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakEven,
  measuredCosts,
  type BreakEvenQuestion,
  type MeasuredRun,
} from '../../src/derive/break-even.ts';
import { noCost, type RaceLedger } from '../../src/derive/race-ledger.ts';
import { addRound } from '../../src/derive/round-fit.ts';

const stream = (headBytes: number, payloadBytes: number) => ({
  ...noCost(),
  requests: 1,
  headBytes,
  server: { headerBytes: headBytes, payloadBytes },
});

/** Polls that cost so much each, and so much more for each message. */
const polls = (counts: readonly number[], perRound: number, perMessage: number) => {
  const cost = { ...noCost(), requests: counts.length };
  for (const count of counts) addRound(cost.rounds, count, perRound + count * perMessage);
  return cost;
};

const ledger: RaceLedger = {
  poll: polls([0, 2, 1, 0, 5], 520, 100),
  longPoll: polls([1, 1, 1, 1], 720, 100),
  events: stream(700, 900),
  webSocket: stream(750, 800),
  sharedConnections: 1,
};
const delivered = { poll: 8, longPoll: 8, events: 8, webSocket: 8 };

describe('measuredCosts', () => {
  it('shares the bytes of a run among its requests and its messages', () => {
    const costs = measuredCosts(ledger, delivered);
    expect(costs.poll).toEqual({ opening: 0, perRequest: 520, perMessage: 100 });
    expect(costs.longPoll).toEqual({ opening: 0, perRequest: 720, perMessage: 100 });
    expect(costs.events).toEqual({ opening: 700, perRequest: 0, perMessage: 900 / 8 });
    expect(costs.webSocket).toEqual({ opening: 750, perRequest: 0, perMessage: 100 });
  });

  it('shows nothing of a way that delivered nothing', () => {
    expect(measuredCosts(ledger, { ...delivered, poll: 0 }).poll).toBeUndefined();
  });
});

describe('breakEven', () => {
  const run: MeasuredRun = { costs: measuredCosts(ledger, delivered), wayMs: 5 };
  const question: BreakEvenQuestion = {
    intervalMs: 1000,
    messagesPerSecond: 1,
    listeningMs: 60_000,
    longPollWaitMs: 25_000,
    wishMs: 200,
  };
  const of = (change: Partial<BreakEvenQuestion>) => breakEven(run, { ...question, ...change });
  const bytes = (change: Partial<BreakEvenQuestion>, transport: string) =>
    of(change).forecasts.find((forecast) => forecast.transport === transport)?.bytes ?? NaN;

  it('adds requests, opening and messages up', () => {
    expect(bytes({}, 'poll')).toBe(61 * 520 + 60 * 100);
    expect(bytes({}, 'webSocket')).toBe(750 + 60 * 100);
    // Messages a second apart: as good as one round each, and none before its message.
    expect(bytes({}, 'longPoll')).toBeCloseTo(
      (60_000 / (1000 * (1 - Math.exp(-25)) + 10)) * 720 + 60 * 100,
      6,
    );
  });

  it('finds push cheaper where one message comes at a time, and polling where a poll fetches many', () => {
    expect(of({}).cheapest).toBe('webSocket');
    expect(of({ intervalMs: 120_000, messagesPerSecond: 0 }).cheapest).toBe('poll');
    const costs = {
      poll: { opening: 0, perRequest: 520, perMessage: 90 },
      webSocket: { opening: 750, perRequest: 0, perMessage: 100 },
    };
    const many = { ...question, intervalMs: 30_000, messagesPerSecond: 50 };
    expect(breakEven({ costs, wayMs: 5 }, many).cheapest).toBe('poll');
    expect(breakEven({ costs, wayMs: 5 }, { ...many, messagesPerSecond: 0.1 }).cheapest).toBe('webSocket');
  });

  it('chooses only what meets the wish: a poll is as old as its interval at worst', () => {
    const visit = { intervalMs: 60_000, listeningMs: 1000, messagesPerSecond: 0.001 };
    expect(of({ ...visit, wishMs: 100_000 }).choice).toBe('poll');
    expect(of({ ...visit, wishMs: 200 }).choice).not.toBe('poll');
    expect(of({ wishMs: 1 }).choice).toBeUndefined();
  });

  it('sorts by bytes, never forgets a way that was measured, and grows with the messages', () => {
    const positive = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, (intervalS, rate, listeningS) => {
        const change = {
          intervalMs: intervalS * 1000,
          messagesPerSecond: rate,
          listeningMs: listeningS * 1000,
        };
        const { forecasts, cheapest } = of(change);
        expect(forecasts).toHaveLength(4);
        expect(forecasts.map((each) => each.bytes)).toEqual(
          forecasts.map((each) => each.bytes).toSorted((one, other) => one - other),
        );
        expect(cheapest).toBe(forecasts[0]?.transport);
        for (const { transport, bytes: now } of forecasts) {
          expect(bytes({ ...change, messagesPerSecond: rate * 2 }, transport)).toBeGreaterThanOrEqual(now);
        }
      }),
    );
  });
});
