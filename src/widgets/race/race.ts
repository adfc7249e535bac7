import { feedTransports, type FeedState, type FeedTransport } from '../../contract/feed.ts';
import type { ClockAlignment } from '../../derive/align-clock.ts';
import type { Connection } from '../../derive/connection.ts';
import { ArrivalTally, histogram, type Bin, type LatencySummary } from '../../derive/latencies.ts';
import { RaceLedgerReader, type RaceLedger } from '../../derive/race-ledger.ts';
import type { WireLogView } from '../../derive/log-reader.ts';
import { imposedPhrases } from '../../derive/condition-words.ts';
import { userAgentOf } from '../../derive/client-name.ts';
import { beginFeed, feedState, stopFeed } from '../../lab/feed-client.ts';
import { findLab } from '../../lab/lab-client.ts';
import { DotRing } from './dot-ring.ts';
import { listenFourWays } from './listeners.ts';
import { alignWithServer, pageNow } from './race-clock.ts';
import type { RaceOptions } from './race-options.ts';

/** What a race amounts to at a moment. */
export interface RaceView {
  options: RaceOptions;
  /** How long it has run, ms. */
  elapsedMs: number;
  ledger: RaceLedger;
  latencies: Record<FeedTransport, LatencySummary>;
  bins: Record<FeedTransport, readonly Bin[]>;
  /** What went wrong last, by way. */
  failures: Partial<Record<FeedTransport, string>>;
  /** What the server says of itself; a second old at most. */
  feed: FeedState;
  clock: ClockAlignment;
  /** What was imposed on the link, in phrases. */
  imposed: readonly string[];
  /** The page was hidden meanwhile: browsers slow hidden pages down, and the short poll stops. */
  wasHidden: boolean;
  /** The wire log has lost events: what is counted is too little. */
  hasGap: boolean;
  /** The wire log has not told everything yet that has crossed: what is counted is too little so far. */
  isBehind: boolean;
}

/** A value for each of the four ways. */
const forEachWay = <T>(make: (transport: FeedTransport) => T): Record<FeedTransport, T> => ({
  poll: make('poll'),
  longPoll: make('longPoll'),
  events: make('events'),
  webSocket: make('webSocket'),
});

/** Four listeners, one source, and what came of it. It ends by `stop()`. */
export class Race {
  readonly dots = forEachWay(() => new DotRing());
  readonly clock: ClockAlignment;
  readonly labId: string;
  readonly #options: RaceOptions;
  readonly #tallies = forEachWay(() => new ArrivalTally(1));
  readonly #failures: RaceView['failures'] = {};
  readonly #ledger: RaceLedgerReader;
  readonly #gapsBefore: number;
  readonly #startedAt = pageNow();
  readonly #endListening: () => void;
  #endedAt: number | undefined;
  #feed: FeedState;
  #wasHidden = document.hidden;
  #imposed: readonly string[] = [];
  /** The last event that the wire log had when the server was asked last. */
  #promisedSeq = 0;
  /** That of the question before had not been told by then. */
  #wasBehind = false;

  private constructor(
    labId: string,
    options: RaceOptions,
    clock: ClockAlignment,
    feed: FeedState,
    gapsBefore: number,
  ) {
    this.labId = labId;
    this.#options = options;
    this.clock = clock;
    this.#feed = feed;
    this.#gapsBefore = gapsBefore;
    this.#ledger = new RaceLedgerReader({
      labPath: `/labs/${labId}`,
      since: (feed.startedAt ?? feed.now) - feed.labStartedAt,
      accepts: isOfThisBrowser,
    });
    this.#endListening = listenFourWays(labId, options, {
      heard: (transport, { id, bornAt }) => {
        const receivedAt = pageNow() + this.clock.offset;
        this.#tallies[transport].add({ id, bornAt, receivedAt });
        this.dots[transport].add(receivedAt, receivedAt - bornAt);
      },
      failed: (transport, error) => {
        this.#failures[transport] = error instanceof Error ? error.message : String(error);
      },
    });
  }

  /** Aligns the clocks, begins the feed anew, and then all four listeners. Throws what the lab's client throws. */
  static async start(labId: string, options: RaceOptions, log: WireLogView): Promise<Race> {
    const clock = await alignWithServer(labId);
    const { messagesPerSecond, payloadBytes, burstiness } = options;
    const feed = await beginFeed(labId, { messagesPerSecond, payloadBytes, burstiness, seed: 1 });
    return new Race(labId, options, clock, feed, log.gaps.length);
  }

  /** The time of the server's clock, as the page knows it. */
  get now(): number {
    return this.#endedAt ?? pageNow() + this.clock.offset;
  }

  /** What it amounts to now, by the wire log so far. */
  view(log: WireLogView): RaceView {
    if (this.#endedAt === undefined) {
      this.#wasHidden ||= document.hidden;
      this.#imposed = imposedPhrases(log.conditions);
    }
    return {
      options: this.#options,
      elapsedMs: this.now - this.clock.offset - this.#startedAt,
      ledger: this.#ledger.read(log.connections),
      latencies: forEachWay((transport) => this.#tallies[transport].summary),
      bins: forEachWay((transport) => histogram(this.#tallies[transport].latencies)),
      failures: { ...this.#failures },
      feed: this.#feed,
      clock: this.clock,
      imposed: this.#imposed,
      wasHidden: this.#wasHidden,
      hasGap: log.gaps.length > this.#gapsBefore,
      isBehind: this.#endedAt === undefined ? this.#wasBehind : !this.isTold(log),
    };
  }

  /** Whether the wire log has told all that had crossed when the server was asked last. */
  isTold(log: WireLogView): boolean {
    return log.lastSeq >= this.#promisedSeq;
  }

  /** Asks the server what it has done. `log` is the wire log so far. */
  async askServer(log: WireLogView): Promise<void> {
    this.#wasBehind = !this.isTold(log);
    const [feed, lab] = await Promise.all([feedState(this.labId), findLab(this.labId)]);
    this.#promisedSeq = lab?.lastSeq ?? 0;
    if (feed.run === this.#feed.run) this.#feed = feed;
  }

  /** Ends all listeners, then the feed. `log` is the wire log so far. */
  async stop(log: WireLogView): Promise<void> {
    if (this.#endedAt !== undefined) return;
    this.#endedAt = this.now;
    this.#endListening();
    await this.askServer(log);
    await stopFeed(this.labId);
  }
}

const isOfThisBrowser = (connection: Connection): boolean => {
  const agent = userAgentOf(connection);
  return agent === undefined || agent === navigator.userAgent;
};

/** How many messages each way has delivered. */
export const deliveredOf = ({ latencies }: RaceView): Record<FeedTransport, number> =>
  Object.fromEntries(
    feedTransports.map((transport) => [transport, latencies[transport].delivered]),
  ) as Record<FeedTransport, number>;
