import type { FeedTransport } from '../contract/feed.ts';
import type { Side } from '../contract/wire-event.ts';
import { isControl } from '../protocol/opcode.ts';
import { answerText, messageIds } from './answer-text.ts';
import { timesOf, type Connection, type TimedFrame } from './connection.ts';
import { ExchangeReader, type HttpExchange, type HttpMessage } from './http-exchanges.ts';
import { addRound, noRounds, type RoundSums } from './round-fit.ts';

/** Bytes of one side, by what they were for. */
export interface ByteSplit {
  /** Heads, chunk sizes, frame headers, control frames: all that is not payload. */
  headerBytes: number;
  /** Bodies of requests and responses, and payload data of text and binary frames. */
  payloadBytes: number;
}

/** What one way to hear a feed has cost on the wire. TCP's and IP's own headers are not in the log. */
export interface WireCost extends Record<Side, ByteSplit> {
  /** An opening handshake is one. */
  requests: number;
  /** Answers that say in their head that there is nothing new: 204 and 304. */
  emptyAnswers: number;
  /** TCP connections that carried it; one may carry several ways, since browsers keep them and use them again. */
  connections: number;
  /** The polls that are done: what they cost, by how many messages they brought. */
  rounds: RoundSums;
  /** Bytes of heads, both sides: what it costs to begin. */
  headBytes: number;
  /** Bytes of pings, pongs and Close frames, both sides. */
  controlBytes: number;
}

/** What a race has cost so far, each way for itself. */
export interface RaceLedger extends Record<FeedTransport, WireCost> {
  /** TCP connections that carried more than one way. */
  sharedConnections: number;
}

/** Which requests belong to a race. */
export interface RaceWindow {
  /** `/labs/<id>`. */
  labPath: string;
  /** Only requests that entered the link since then count, in ms since the lab began. */
  since: number;
  /** Only these connections count, if it is given: those of this browser, say. */
  accepts?: (connection: Connection) => boolean;
}

/** Which way of hearing a feed a request-target belongs to, if to any. */
export function transportOf(target: string, labPath: string, isUpgrade: boolean): FeedTransport | undefined {
  const [path = ''] = target.split('?', 1);
  switch (path) {
    case `${labPath}/feed/poll`:
      return 'poll';
    case `${labPath}/feed/long-poll`:
      return 'longPoll';
    case `${labPath}/feed/events`:
      return 'events';
    case `${labPath}/feed`:
      return isUpgrade ? 'webSocket' : undefined;
    default:
      return undefined;
  }
}

/** A way that nobody has gone yet. */
export const noCost = (): WireCost => ({
  requests: 0,
  emptyAnswers: 0,
  connections: 0,
  client: { headerBytes: 0, payloadBytes: 0 },
  server: { headerBytes: 0, payloadBytes: 0 },
  rounds: noRounds(),
  headBytes: 0,
  controlBytes: 0,
});

type Costs = Record<FeedTransport, WireCost>;
const noCosts = (): Costs => ({
  poll: noCost(),
  longPoll: noCost(),
  events: noCost(),
  webSocket: noCost(),
});

const copyOf = ({ poll, longPoll, events, webSocket }: Costs): Costs => ({
  poll: copyOfCost(poll),
  longPoll: copyOfCost(longPoll),
  events: copyOfCost(events),
  webSocket: copyOfCost(webSocket),
});
const copyOfCost = (cost: WireCost): WireCost => ({
  ...cost,
  client: { ...cost.client },
  server: { ...cost.server },
  rounds: { ...cost.rounds },
});

/** What is known of one connection. */
interface ConnectionCosts {
  seen: Connection;
  exchanges: ExchangeReader;
  /** How many exchanges and frames are added up for good. */
  settled: number;
  frames: number;
  carries: Set<FeedTransport>;
}

/**
 * Adds up a race from the wire log as it grows. What is done is added once; only what is under way is looked at again,
 * so that a long race costs no more than a short one.
 */
export class RaceLedgerReader {
  readonly #window: RaceWindow;
  readonly #connections = new Map<number, ConnectionCosts>();
  readonly #settled = noCosts();

  constructor(window: RaceWindow) {
    this.#window = window;
  }

  /** Reads what has changed; answers the sums. */
  read(connections: readonly Connection[]): RaceLedger {
    for (const connection of connections) {
      const known = this.#connections.get(connection.conn);
      if (known?.seen === connection || this.#window.accepts?.(connection) === false) continue;
      this.#readConnection(connection, known ?? this.#begin(connection));
    }
    return this.#sum();
  }

  #begin(connection: Connection): ConnectionCosts {
    const costs: ConnectionCosts = {
      seen: connection,
      exchanges: new ExchangeReader(),
      settled: 0,
      frames: 0,
      carries: new Set(),
    };
    this.#connections.set(connection.conn, costs);
    return costs;
  }

  #readConnection(connection: Connection, costs: ConnectionCosts): void {
    costs.seen = connection;
    const exchanges = costs.exchanges.read(connection);
    for (; costs.settled < exchanges.length; costs.settled++) {
      const exchange = exchanges[costs.settled];
      if (exchange?.state === 'waiting' || exchange?.state === 'answering') break;
      if (exchange) this.#add(this.#settled, costs, exchange);
    }
    const upgrade = exchanges.at(-1);
    if (upgrade?.state !== 'upgraded' || this.#transportOf(connection, upgrade) !== 'webSocket') return;
    for (; costs.frames < connection.frames.length; costs.frames++) {
      const timed = connection.frames[costs.frames];
      if (timed) addFrame(this.#settled.webSocket, timed);
    }
  }

  #sum(): RaceLedger {
    const sum = copyOf(this.#settled);
    let sharedConnections = 0;
    for (const costs of this.#connections.values()) {
      for (const exchange of costs.exchanges.exchanges.slice(costs.settled)) this.#add(sum, costs, exchange);
      for (const transport of costs.carries) sum[transport].connections++;
      if (costs.carries.size > 1) sharedConnections++;
    }
    return { ...sum, sharedConnections };
  }

  #transportOf(connection: Connection, { request, response }: HttpExchange): FeedTransport | undefined {
    if (!request) return undefined;
    const beganAt = timesOf(connection.client, request.headRange)?.beganAt ?? -Infinity;
    if (beganAt < this.#window.since) return undefined;
    return transportOf(request.head.target, this.#window.labPath, response?.head.statusCode === 101);
  }

  #add(sums: Costs, costs: ConnectionCosts, exchange: HttpExchange): void {
    const transport = this.#transportOf(costs.seen, exchange);
    if (transport === undefined) return;
    costs.carries.add(transport);
    const bytes = addExchange(sums[transport], exchange);
    if (exchange.state === 'done' && (transport === 'poll' || transport === 'longPoll')) {
      addRound(sums[transport].rounds, messageIds(answerText(costs.seen, exchange)).length, bytes);
    }
  }
}

/** Adds an exchange; answers all its bytes so far. */
function addExchange(cost: WireCost, { request, interim, response }: HttpExchange): number {
  const before = bytesOf(cost);
  cost.requests++;
  if (request) addMessage(cost, cost.client, request);
  for (const message of interim) addMessage(cost, cost.server, message);
  if (response) {
    addMessage(cost, cost.server, response);
    if (response.head.statusCode === 204 || response.head.statusCode === 304) cost.emptyAnswers++;
  }
  return bytesOf(cost) - before;
}

function addMessage(
  cost: WireCost,
  split: ByteSplit,
  { headRange, body }: Pick<HttpMessage<never>, 'headRange' | 'body'>,
): void {
  const headBytes = headRange.end - headRange.start;
  cost.headBytes += headBytes;
  split.headerBytes += headBytes + body.framingBytes;
  split.payloadBytes += body.contentBytes;
}

function addFrame(cost: WireCost, { from, frame, range }: TimedFrame): void {
  const length = range.end - range.start;
  const isOverhead = isControl(frame.opcode);
  const payloadBytes = isOverhead ? 0 : Math.min(length, frame.payloadLength);
  cost[from].headerBytes += length - payloadBytes;
  cost[from].payloadBytes += payloadBytes;
  if (isOverhead) cost.controlBytes += length;
}

/** All bytes of a way, both sides. */
export const bytesOf = ({ client, server }: Pick<WireCost, Side>): number =>
  client.headerBytes + client.payloadBytes + server.headerBytes + server.payloadBytes;
