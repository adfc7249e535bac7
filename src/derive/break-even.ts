import { feedTransports, type FeedTransport } from '../contract/feed.ts';
import { bytesOf, type RaceLedger } from './race-ledger.ts';
import { roundCost } from './round-fit.ts';

/** What one way costs, in bytes both ways together, as measured in a run. */
export interface MeasuredCost {
  /** Once, to begin: the heads of the opening handshake, or of the request for the event stream. 0 for polls. */
  opening: number;
  /** Each request of a poll or a long poll with its answer, when it brings nothing. 0 for a stream. */
  perRequest: number;
  /** Each message on top of that. */
  perMessage: number;
}

/** The sizes and times that a run has shown; a way that delivered nothing has shown none. */
export interface MeasuredRun {
  costs: Partial<Record<FeedTransport, MeasuredCost>>;
  /** How old a pushed message is when it arrives, ms: the network and the work, in the median of the run. */
  wayMs: number;
}

/** For whom the map is drawn. */
export interface BreakEvenQuestion {
  /** From the beginning of one poll to the beginning of the next. */
  intervalMs: number;
  messagesPerSecond: number;
  /** How long somebody listens before going away. */
  listeningMs: number;
  /** How long the server keeps a long poll waiting before it answers that nothing has come. */
  longPollWaitMs: number;
  /** A message should be seen after at most so long. */
  wishMs: number;
}

/** One way under a question. */
export interface Forecast {
  transport: FeedTransport;
  /** For one listener, for all the time of listening, both ways together. */
  bytes: number;
  /** The oldest that a message gets before it is seen, ms. */
  oldestMs: number;
  meetsWish: boolean;
}

/** A cell of the map. */
export interface BreakEven {
  /** The ways that the run has measured, the cheapest first. */
  forecasts: Forecast[];
  /** The cheapest of all. */
  cheapest: FeedTransport | undefined;
  /** The cheapest that meets the wish. */
  choice: FeedTransport | undefined;
}

/**
 * What each way costs, from the bytes of a run and the messages that it delivered. A stream costs its heads once, and
 * the rest of its bytes is shared by its messages. What a poll costs is the line through its rounds; where all of them
 * brought equally many messages, the WebSocket's payload tells how long a message is.
 */
export function measuredCosts(
  ledger: RaceLedger,
  delivered: Readonly<Record<FeedTransport, number>>,
): Partial<Record<FeedTransport, MeasuredCost>> {
  const costs: Partial<Record<FeedTransport, MeasuredCost>> = {};
  const { webSocket } = ledger;
  const messageBytes = delivered.webSocket === 0 ? 0 : webSocket.server.payloadBytes / delivered.webSocket;
  for (const transport of feedTransports) {
    const cost = ledger[transport];
    const messages = delivered[transport];
    if (messages === 0 || cost.requests === 0) continue;
    if (transport === 'poll' || transport === 'longPoll') {
      const line = roundCost(cost.rounds, messageBytes);
      if (line) costs[transport] = { opening: 0, perRequest: line.perRound, perMessage: line.perMessage };
    } else {
      const opening = cost.headBytes / cost.requests;
      const rest = bytesOf(cost) - cost.headBytes;
      costs[transport] = { opening, perRequest: 0, perMessage: Math.max(0, rest) / messages };
    }
  }
  return costs;
}

/** How many requests somebody makes who listens: one at once, then one each interval. */
const pollsIn = (listeningMs: number, intervalMs: number): number => Math.floor(listeningMs / intervalMs) + 1;

/**
 * How many rounds a long poll needs. A round lasts until a message comes or the wait is over, and then a round trip
 * until the next one stands. Where messages come at random, `rate` a millisecond in the mean, the wait is
 * (1 − e^(−rate · wait)) / rate in the mean.
 */
function longPollsIn(question: BreakEvenQuestion, wayMs: number): number {
  const { messagesPerSecond, listeningMs, longPollWaitMs } = question;
  const rate = messagesPerSecond / 1000;
  const waits = rate === 0 ? longPollWaitMs : (1 - Math.exp(-rate * longPollWaitMs)) / rate;
  return Math.max(1, listeningMs / (waits + 2 * wayMs));
}

/**
 * The oldest that a message gets. Polled: it was made just after the server had answered, so it waits a whole interval.
 * Long-polled: its answer had just left, which has to arrive, and the next request has to come, before it can leave.
 */
function oldestMs(transport: FeedTransport, { intervalMs }: BreakEvenQuestion, wayMs: number): number {
  if (transport === 'poll') return intervalMs + wayMs;
  return transport === 'longPoll' ? 3 * wayMs : wayMs;
}

/** What each way would cost somebody, by the sizes that a run has shown. */
export function breakEven({ costs, wayMs }: MeasuredRun, question: BreakEvenQuestion): BreakEven {
  const messages = (question.messagesPerSecond * question.listeningMs) / 1000;
  const requests: Record<FeedTransport, number> = {
    poll: pollsIn(question.listeningMs, question.intervalMs),
    longPoll: longPollsIn(question, wayMs),
    events: 0,
    webSocket: 0,
  };
  const forecasts = feedTransports.flatMap((transport): Forecast[] => {
    const cost = costs[transport];
    if (!cost) return [];
    const oldest = oldestMs(transport, question, wayMs);
    const bytes = cost.opening + requests[transport] * cost.perRequest + messages * cost.perMessage;
    return [{ transport, bytes, oldestMs: oldest, meetsWish: oldest <= question.wishMs }];
  });
  forecasts.sort((one, other) => one.bytes - other.bytes);
  return {
    forecasts,
    cheapest: forecasts[0]?.transport,
    choice: forecasts.find(({ meetsWish }) => meetsWish)?.transport,
  };
}

/** The poll intervals of the map, ms. */
export const mapIntervals: readonly number[] = [250, 500, 1000, 3000, 10_000, 30_000, 60_000, 300_000];

/** The message rates of the map, a second. */
export const mapRates: readonly number[] = [50, 10, 1, 0.1, 1 / 60, 1 / 600, 1 / 3600];
