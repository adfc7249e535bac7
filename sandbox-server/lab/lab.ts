import type { WebSocket } from 'ws';
import type { Conditions } from '../../src/contract/conditions.ts';
import type { Inject } from '../../src/contract/inject.ts';
import type { Cut } from '../../src/contract/cut.ts';
import type { FaultScript } from '../../src/contract/fault-script.ts';
import type { HeardEnd, LabStatus, ServicePaths } from '../../src/contract/lab.ts';
import type { Restart } from '../../src/contract/restart.ts';
import type { ReadersRequest } from '../../src/contract/readers.ts';
import type { StampedeRequest } from '../../src/contract/stampede.ts';
import { SlowBots } from '../bots/slow-bots.ts';
import { Stampede } from '../bots/stampede.ts';
import { Feed } from '../feed/feed.ts';
import { machineClock } from '../feed/feed-clock.ts';
import { WireChannel } from '../channel/wire-channel.ts';
import type { Limits } from '../limits.ts';
import { cutConnection } from '../link/cut.ts';
import type { Link } from '../link/link.ts';
import type { LogMemory } from '../log/log-memory.ts';
import { WireLog } from '../log/wire-log.ts';
import { refuse } from '../refusals.ts';
import { ReaderLedger } from '../stream/reader-ledger.ts';
import { AcceptQueue } from './accept-queue.ts';
import { ConnectionBudget } from './connection-budget.ts';
import { Imposition } from './imposition.ts';
import { LabConnection, type ConnectionHome } from './lab-connection.ts';
import type { MessageFaults } from './message-faults.ts';

/** How many ends a lab remembers that its server has heard of. */
const maxHeardEnds = 50;

/** Most characters of a message that the log is told of. */
const maxToldLength = 200;

/** What a lab is made of. */
export interface LabParts {
  id: string;
  /** The address that asked for it. */
  address: string;
  limits: Limits;
  memory: LogMemory;
  servicePaths: ServicePaths;
  /** Called once, when the lab has ended. */
  ended: () => void;
}

/** One learner's private corner: its wire log, what its link does, its connections, and who follows them. */
export class Lab implements ConnectionHome {
  readonly id: string;
  readonly address: string;
  readonly log: WireLog;
  readonly channel: WireChannel;
  readonly feed: Feed;
  /** What its server does for each client of its stream. */
  readonly readers = new ReaderLedger();
  /** When it began, ms since 1970: zero of the times in its log. */
  readonly startedAt = Date.now();
  readonly #parts: LabParts;
  readonly #beganAt = performance.now();
  readonly #connections = new Map<number, LabConnection>();
  readonly #budget: ConnectionBudget;
  /** The sockets of its raw bridges. */
  readonly #bridges = new Set<WebSocket>();
  readonly #idleTimer: NodeJS.Timeout;
  readonly #imposition = new Imposition(this, () => {
    this.#conditionsChanged();
  });
  /** Opening handshakes that its server has not come to yet. */
  readonly acceptQueue = new AcceptQueue(() => this.conditions.acceptPerSecond);
  readonly #heardEnds: HeardEnd[] = [];
  #stampede: Stampede | undefined;
  #slowBots: SlowBots | undefined;
  #lastConn = 0;
  #hasEnded = false;

  constructor(parts: LabParts) {
    this.#parts = parts;
    this.id = parts.id;
    this.address = parts.address;
    this.log = new WireLog(parts.limits, parts.memory);
    this.channel = new WireChannel(this.log, parts.limits);
    this.feed = new Feed(
      parts.limits,
      machineClock(() => this.timeOfDay()),
      this.startedAt,
    );
    this.#budget = new ConnectionBudget(parts.limits, this.#beganAt);
    this.#idleTimer = setTimeout(() => {
      this.#expire();
    }, parts.limits.idleLabSeconds * 1000).unref();
  }

  get conditions(): Conditions {
    return this.#imposition.conditions;
  }

  /** Which life of its server this is: what a service keeps in memory is gone with the one before. */
  get serverLife(): string {
    return `${this.id.slice(0, 6)}-${String(this.#imposition.restarts + 1)}`;
  }

  get messageFaults(): MessageFaults {
    return this.#imposition.messageFaults;
  }

  /** Its connections that are open, in the order in which they came. */
  get connections(): readonly LabConnection[] {
    return [...this.#connections.values()];
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Milliseconds since the lab began, to the microsecond; a moment before it counts as its beginning. */
  labTime(moment: number): number {
    return moment <= this.#beganAt ? 0 : Math.round((moment - this.#beganAt) * 1000) / 1000;
  }

  /** Now, in milliseconds since 1970 with fractions, by the clock of its log. */
  timeOfDay(): number {
    return Math.round((this.startedAt + this.labTime(performance.now())) * 1000) / 1000;
  }

  /** Somebody uses the lab: it begins anew to be idle. */
  touch(): void {
    if (!this.#hasEnded) this.#idleTimer.refresh();
  }

  /** What `GET /labs/<id>` answers. */
  status(): LabStatus {
    const { id, log, conditions } = this;
    return {
      id,
      expiresInSeconds: this.#parts.limits.idleLabSeconds,
      conditions,
      services: this.#parts.servicePaths,
      script: this.#imposition.scriptStatus,
      heardEnds: [...this.#heardEnds],
      connections: this.connections.map(({ conn, path, openedAt }) => ({ conn, path, openedAt })),
      log: {
        events: log.eventCount,
        bytes: log.byteCount,
        lastSeq: log.lastSeq,
        droppedEvents: log.droppedEvents,
      },
    };
  }

  /** Begins to record a connection. Beyond the lab's bounds it is recorded too, but must not be served. */
  openConnection(link: Link, path: string | null): LabConnection {
    this.touch();
    const refusal = this.#budget.take(performance.now());
    const connection = new LabConnection(this, { conn: ++this.#lastConn, path, link, refusal });
    this.#connections.set(connection.conn, connection);
    return connection;
  }

  programDid(did: 'made' | 'took', data: string, conn?: number): void {
    const event = {
      at: this.labTime(performance.now()),
      type: 'program',
      did,
      data: data.slice(0, maxToldLength),
    } as const;
    this.log.append(conn === undefined ? event : { ...event, conn });
  }

  heardEnd(ending: HeardEnd): void {
    this.#heardEnds.push(ending);
    if (this.#heardEnds.length > maxHeardEnds) this.#heardEnds.shift();
  }

  connectionClosed(connection: LabConnection): void {
    // A link may say twice that it is over.
    if (!this.#connections.delete(connection.conn)) return;
    this.touch();
    if (!connection.refusal) this.#budget.giveBack();
  }

  /** Counts a raw bridge for as long as its socket is open. Throws `SandboxError` where there are too many. */
  reserveBridge(): (socket: WebSocket) => void {
    const { maxRawBridgesPerLab } = this.#parts.limits;
    if (this.#bridges.size >= maxRawBridgesPerLab) throw refuse.tooManyRawBridges(maxRawBridgesPerLab);
    return (socket) => {
      this.touch();
      this.#bridges.add(socket);
      socket.once('close', () => this.#bridges.delete(socket));
    };
  }

  /** Changes what the link does, also to bytes that are under way; where a fault script runs, what it builds upon. */
  changeConditions(patch: Partial<Conditions>): Conditions {
    this.touch();
    return this.#imposition.change(patch);
  }

  /** Runs a fault script, in the place of one that runs. */
  runScript(script: FaultScript): void {
    this.#imposition.run(script);
  }

  /** Ends the fault script that runs; all is as before it. */
  stopScript(): void {
    this.#imposition.stop();
  }

  /** Takes no more connections, closes those that there are, is down for a while, and comes back. */
  restart(restart: Restart): void {
    this.#imposition.restart(restart);
  }

  /** The stampede that runs in it, or the last one that did. */
  get stampede(): Stampede | undefined {
    return this.#stampede;
  }

  /** Begins a stampede of bots, which connect to `url`. */
  startStampede(request: StampedeRequest, url: string): Stampede {
    this.#stampede = new Stampede(request, url, {
      now: () => this.labTime(performance.now()),
      restart: (restart) => {
        this.restart(restart);
      },
      capAccepts: (acceptPerSecond) => {
        this.changeConditions({ acceptPerSecond });
      },
    });
    return this.#stampede;
  }

  /** The bots that were made to read slowly last. */
  get slowBots(): SlowBots | undefined {
    return this.#slowBots;
  }

  /** Makes bots that do not read for a while, of the stream at `url`, in the place of those that there are. */
  readSlowly(request: ReadersRequest, url: string): void {
    this.#slowBots?.end();
    this.#slowBots = new SlowBots(request, url);
  }

  #conditionsChanged(): void {
    const { conditions } = this;
    this.log.append({ at: this.labTime(performance.now()), type: 'conditions', conditions });
    for (const { link } of this.connections) link.conditionsChanged();
    this.acceptQueue.rateMayHaveChanged();
  }

  /** Ends one connection or all; answers which. Throws `SandboxError` where the one is not open. */
  cut(how: Cut): number[] {
    const found = this.#found(how.connection);
    for (const connection of found) cutConnection(connection, how);
    return found.map(({ conn }) => conn);
  }

  /** Sends one client or all bytes as if by the server; answers which. Throws `SandboxError` where the one is not open. */
  inject({ bytes, connection }: Inject): number[] {
    const found = this.#found(connection);
    for (const { link } of found) link.inject(bytes);
    return found.map(({ conn }) => conn);
  }

  /** The connection of a number, or all. Throws `SandboxError` where it is not open. */
  #found(conn: number | undefined): LabConnection[] {
    const found = this.connections.filter(
      (connection) => connection.isCurrent && (conn === undefined || connection.conn === conn),
    );
    if (conn !== undefined && found.length === 0) throw refuse.connectionNotFound(conn);
    return found;
  }

  /**
   * Ends the lab and everything in it: its WebSockets get a Close frame with this code and reason, and a while to answer
   * it; its other connections end at once.
   */
  end(closeCode: number, reason: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#idleTimer);
    this.#imposition.end();
    this.acceptQueue.end();
    this.#stampede?.end();
    this.#slowBots?.end();
    this.#parts.ended();
    this.feed.end();
    const sockets = [...this.#bridges];
    // What serves others now, or nobody at the moment, is not the lab's to end.
    const own = this.connections.filter(({ isCurrent, link }) => isCurrent && !link.isBetweenRequests);
    for (const { webSocket, link } of own) {
      if (webSocket) sockets.push(webSocket);
      else link.destroySoon();
    }
    for (const socket of sockets) socket.close(closeCode, reason);
    this.channel.close(closeCode, reason);
    this.log.close();
    setTimeout(() => {
      for (const socket of sockets) socket.terminate();
      for (const { link } of own) link.abandon();
    }, this.#parts.limits.drainSeconds * 1000).unref();
  }

  #expire(): void {
    if (this.#connections.size > 0 || this.channel.watcherCount > 0 || this.#bridges.size > 0) {
      this.#idleTimer.refresh();
    } else {
      this.end(1001, 'lab expired');
    }
  }
}
