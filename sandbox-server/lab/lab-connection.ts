import type { WebSocket } from 'ws';
import { perfectLink, type Conditions } from '../../src/contract/conditions.ts';
import type { HeardEnd } from '../../src/contract/lab.ts';
import type { MessageFaultKind } from '../../src/contract/message-fault.ts';
import type { SendTally, SlowPolicy } from '../../src/contract/readers.ts';
import type { Imposed, Side } from '../../src/contract/wire-event.ts';
import type { SandboxError } from '../errors.ts';
import type { Link } from '../link/link.ts';
import type { Passage, Recorder } from '../link/recorder.ts';
import type { WireLog } from '../log/wire-log.ts';
import type { ReaderLedger } from '../stream/reader-ledger.ts';
import type { MessageFaults } from './message-faults.ts';

/** What a connection needs of its lab. */
export interface ConnectionHome {
  readonly log: WireLog;
  readonly conditions: Conditions;
  readonly messageFaults: MessageFaults;
  readonly readers: ReaderLedger;
  /** Milliseconds since the lab began of a moment of `performance.now()`; one before it counts as its beginning. */
  labTime(moment: number): number;
  /** A service's program made a message, or took one of a connection. */
  programDid(did: 'made' | 'took', data: string, conn?: number): void;
  connectionClosed(connection: LabConnection): void;
  /** The server's program was told that a connection has ended. */
  heardEnd(ending: HeardEnd): void;
}

/** A connection of a lab: it writes what its link tells into the lab's wire log. */
export class LabConnection implements Recorder {
  /** Its number in the wire log: 1, 2, 3 … */
  readonly conn: number;
  /** The request-target that made it the lab's, or `null` where the raw bridge opened it. */
  readonly path: string | null;
  /** Milliseconds since the lab began. */
  readonly openedAt: number;
  readonly link: Link;
  /** Why it may not be served, where a bound of the lab was hit; it is recorded all the same. */
  readonly refusal: SandboxError | undefined;
  readonly #home: ConnectionHome;
  /** Drawn once, 0 up to 1. */
  readonly #lot = Math.random();
  #webSocket: WebSocket | undefined;

  constructor(
    home: ConnectionHome,
    { conn, path, link, refusal }: Pick<LabConnection, 'conn' | 'path' | 'link' | 'refusal'>,
  ) {
    this.#home = home;
    this.conn = conn;
    this.path = path;
    this.link = link;
    this.refusal = refusal;
    this.openedAt = home.labTime(link.acceptedAt);
    home.log.append({ at: this.openedAt, type: 'open', conn, path });
  }

  /** Whether it is one of this lab. */
  isOf(lab: ConnectionHome): boolean {
    return this.#home === lab;
  }

  /** Whether what crosses now is recorded here: a connection that is kept alive may meanwhile serve others. */
  get isCurrent(): boolean {
    return this.link.records.current === this;
  }

  /** Its WebSocket, once the opening handshake is done. */
  get webSocket(): WebSocket | undefined {
    return this.#webSocket;
  }

  /** The opening handshake is done; what the server's own program hears of the end is noted in the lab. */
  serveOn(socket: WebSocket): void {
    this.#webSocket = socket;
    socket.once('close', (code, reason) => {
      this.#home.heardEnd({ conn: this.conn, at: this.#now, code, reason: reason.toString() });
    });
  }

  /** It is a client of the lab's stream; answers how to say that it is no more. */
  noteReader(policy: SlowPolicy, tally: () => SendTally): () => void {
    return this.#home.readers.enter(this.conn, policy, tally);
  }

  /** What the link does to this connection: the lab's conditions, or nothing where chance has spared it. */
  get conditions(): Conditions {
    const { conditions } = this.#home;
    return this.#lot < conditions.probability ? conditions : perfectLink;
  }

  /** Whether anything is done on purpose to messages now. */
  get hasMessageFaults(): boolean {
    return this.#home.messageFaults.isActive;
  }

  /** What is done on purpose to the next message of a side, if anything. */
  messageFault(from: Side): MessageFaultKind | undefined {
    return this.#home.messageFaults.draw(this.conn, from, this.conditions);
  }

  crossed(from: Side, parts: readonly Uint8Array[], at: number, due: number): void {
    const home = this.#home;
    const enteredAt = home.labTime(at);
    home.log.appendBytes(this.conn, from, parts, enteredAt, due === at ? enteredAt : home.labTime(due));
  }

  intervened(from: Side, bytes: Uint8Array, { at, due, became, by }: Passage): number {
    this.#home.log.append({
      at: this.#home.labTime(at),
      type: 'bytes',
      conn: this.conn,
      from,
      ...(due === undefined ? {} : { due: this.#home.labTime(due) }),
      bytes: Uint8Array.from(bytes),
      ...(became === undefined ? {} : { became: Uint8Array.from(became) }),
      ...(by === undefined ? {} : { by }),
    });
    return this.#home.log.lastSeq;
  }

  left(of: number, byteCount?: number): void {
    const left = { at: this.#now, type: 'left', conn: this.conn, of } as const;
    this.#home.log.append(byteCount === undefined ? left : { ...left, byteCount });
  }

  lost(from: Side, byteCount: number): void {
    this.#home.log.append({ at: this.#now, type: 'lost', conn: this.conn, from, byteCount });
  }

  imposed(what: Imposed, from?: Side): void {
    const imposed = { at: this.#now, type: 'imposed', conn: this.conn, what } as const;
    this.#home.log.append(from === undefined ? imposed : { ...imposed, from });
  }

  /** The service's program took a message of this connection. */
  took(data: string): void {
    this.#home.programDid('took', data, this.conn);
  }

  end(by: Side | 'link', how: 'fin' | 'rst'): void {
    this.#home.log.append({ at: this.#now, type: 'end', conn: this.conn, by, how });
  }

  close(): void {
    this.#home.connectionClosed(this);
  }

  get #now(): number {
    return this.#home.labTime(performance.now());
  }
}
