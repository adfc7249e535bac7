import type { Duplex } from 'node:stream';
import { Link } from '../link/link.ts';
import type { Recorder, RecordKeeper } from '../link/recorder.ts';
import { LabConnection } from './lab-connection.ts';
import type { LabRegistry } from './lab-registry.ts';
import { parseLabTarget } from './lab-target.ts';
import type { Lab } from './lab.ts';

/** A connection that a raw bridge has opened to this sandbox. */
interface BridgedConnection {
  lab: Lab;
  /** The address of the bridge's own client, on whose account it goes. */
  clientAddress: string | undefined;
  /** The path under which it is recorded: `null`, but where a proxy of the lab passes on a request that it has read. */
  path: string | null;
}

/**
 * Which lab a connection belongs to: the one that its request line names, or the one whose raw bridge opened it.
 * Connections for the site, the API, the wire channel and the raw bridge itself belong to none, and are not recorded.
 * Each request on a connection that is kept alive tells anew; each lab sees of it what is its own.
 */
export class Attribution implements RecordKeeper {
  readonly #labs: LabRegistry;
  readonly #connections = new WeakMap<Link, Map<Lab, LabConnection>>();
  /** Accepted connections by the client's address and port, until they are recorded or closed. */
  readonly #unclaimed = new Map<string, Link>();
  /** Connections that a raw bridge has opened and that are not accepted yet. */
  readonly #expected = new Map<string, BridgedConnection>();

  constructor(labs: LabRegistry) {
    this.#labs = labs;
  }

  recorderFor(link: Link, target: string): Recorder | undefined {
    const parsed = parseLabTarget(target);
    const lab = parsed?.isRecorded === true ? this.#labs.find(parsed.id) : undefined;
    return lab && this.#open(lab, link, target);
  }

  isService(target: string): boolean {
    return parseLabTarget(target)?.isRecorded === true;
  }

  /**
   * The connection that a request for this lab came in on, if it is recorded there. A raw bridge's is recorded in its own
   * lab, whichever it leads to.
   */
  connectionFor(lab: Lab, stream: Duplex): LabConnection | undefined {
    if (!(stream instanceof Link)) return undefined;
    const { current, isClaimed } = stream.records;
    return current instanceof LabConnection && (isClaimed || current.isOf(lab)) ? current : undefined;
  }

  /** Notes a connection that was accepted; one that a raw bridge opened is recorded from here on. */
  accepted(link: Link): void {
    const place = placeOf(link.remoteAddress, link.remotePort);
    const bridged = this.#expected.get(place);
    if (bridged) {
      this.#expected.delete(place);
      this.#claim(link, bridged);
      return;
    }
    this.#unclaimed.set(place, link);
    link.once('close', () => {
      if (this.#unclaimed.get(place) === link) this.#unclaimed.delete(place);
    });
  }

  /**
   * A raw bridge has a connection from this address and port, and has sent nothing on it yet. It may or may not have
   * been accepted: both happen in this process, in either order. Call the answer when the connection is over.
   */
  expectBridged(
    address: string | undefined,
    port: number | undefined,
    bridged: BridgedConnection,
  ): () => void {
    const place = placeOf(address, port);
    const link = this.#unclaimed.get(place);
    if (link) this.#claim(link, bridged);
    else this.#expected.set(place, bridged);
    return () => {
      this.#expected.delete(place);
    };
  }

  #claim(link: Link, { lab, clientAddress, path }: BridgedConnection): void {
    link.remoteAddress = clientAddress;
    link.record(this.#open(lab, link, path));
  }

  #open(lab: Lab, link: Link, path: string | null): LabConnection {
    const ofLabs = this.#connections.get(link) ?? new Map<Lab, LabConnection>();
    this.#connections.set(link, ofLabs);
    const connection = ofLabs.get(lab) ?? lab.openConnection(link, path);
    ofLabs.set(lab, connection);
    return connection;
  }
}

const placeOf = (address: string | undefined, port: number | undefined): string =>
  `${(address ?? '').replace(/^::ffff:/, '')} ${String(port)}`;
