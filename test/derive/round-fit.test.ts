import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRound, noRounds, roundCost } from '../../src/derive/round-fit.ts';

const sumsOf = (rounds: readonly [messages: number, bytes: number][]) => {
  const sums = noRounds();
  for (const [messages, bytes] of rounds) addRound(sums, messages, bytes);
  return sums;
};

describe('roundCost', () => {
  it('says nothing without a round', () => {
    expect(roundCost(noRounds(), 100)).toBeUndefined();
  });

  it('takes what is known of a message where all rounds brought equally many', () => {
    expect(
      roundCost(
        sumsOf([
          [1, 900],
          [1, 900],
        ]),
        100,
      ),
    ).toEqual({ perRound: 800, perMessage: 100 });
    expect(roundCost(sumsOf([[0, 800]]), 100)).toEqual({ perRound: 800, perMessage: 100 });
  });

  it('finds the line that the rounds lie on, and adds up to what they cost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: 2 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 2000 }),
        (counts, perRound, perMessage) => {
          fc.pre(new Set(counts).size > 1);
          const sums = sumsOf(counts.map((count) => [count, perRound + count * perMessage]));
          const cost = roundCost(sums, 0);
          expect(cost?.perMessage).toBeCloseTo(perMessage, 4);
          expect((cost?.perRound ?? 0) * sums.rounds + (cost?.perMessage ?? 0) * sums.messages).toBeCloseTo(
            sums.bytes,
            2,
          );
        },
      ),
    );
  });

  it('never says that something costs less than nothing', () => {
    const round = fc.tuple(fc.nat(50), fc.nat(5000));
    fc.assert(
      fc.property(fc.array(round, { minLength: 1 }), (rounds) => {
        const cost = roundCost(sumsOf(rounds), 100);
        expect(cost?.perRound).toBeGreaterThanOrEqual(0);
        expect(cost?.perMessage).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
