import type { ClockAlignment } from './align-clock.ts';

/** A question for the time: when it was asked and answered by the page's clock, and what the server's clock said. */
export interface ClockReading {
  askedAt: number;
  serverNow: number;
  answeredAt: number;
}

/**
 * How a page's clock stands to the server's, from some questions for the time: the one with the shortest round trip
 * says most. The server looked at its clock between the question and the answer, so the middle is off by half a round
 * trip at most. `offset` is what to add to a time of the page to get one of the server.
 */
export function bestAlignment(readings: readonly ClockReading[]): ClockAlignment | undefined {
  let best: ClockReading | undefined;
  for (const reading of readings) {
    if (!best || reading.answeredAt - reading.askedAt < best.answeredAt - best.askedAt) best = reading;
  }
  if (!best) return undefined;
  const { askedAt, serverNow, answeredAt } = best;
  return { offset: serverNow - (askedAt + answeredAt) / 2, error: (answeredAt - askedAt) / 2 };
}
