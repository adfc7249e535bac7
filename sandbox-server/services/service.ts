import type { IncomingMessage } from 'node:http';
import type { Lab } from '../lab/lab.ts';
import type { LabConnection } from '../lab/lab-connection.ts';
import type { Link } from '../link/link.ts';

/** A request to leave HTTP for a service of a lab. The doors and the lab's bounds have let it pass. */
export interface UpgradeRequest {
  request: IncomingMessage;
  link: Link;
  /** Bytes that came behind the request's head. */
  head: Buffer;
  lab: Lab;
  query: URLSearchParams;
  /** Where it is recorded; `undefined` for what is never recorded. */
  connection: LabConnection | undefined;
}

/** One thing that a lab serves over WebSocket. */
export interface Service {
  /** Pages of any origin may use it, or only those of the sandbox. */
  door: 'anybody' | 'own pages';
  /** Answers the opening handshake. A `SandboxError` that it throws becomes the answer. */
  upgrade(request: UpgradeRequest): void;
}
