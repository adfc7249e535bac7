import type { IncomingMessage, ServerResponse } from 'node:http';
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

/** A request for a service of a lab that stays with HTTP. The doors and the lab's bounds have let it pass. */
export interface PlainRequest {
  request: IncomingMessage;
  /** Nothing is written to it yet; its header fields are those that go with every answer. */
  response: ServerResponse;
  lab: Lab;
  query: URLSearchParams;
  /** Parsed JSON; `undefined` where there is none. */
  body: unknown;
  /** Milliseconds since the request's head was read. */
  elapsedMs: () => number;
}

/** One thing that a lab serves, over WebSocket or over HTTP alone. A `SandboxError` that it throws becomes the answer. */
export interface Service {
  /** Pages of any origin may use it, or only those of the sandbox. */
  door: 'anybody' | 'own pages';
  /** Answers the opening handshake. */
  upgrade?(request: UpgradeRequest): void;
  /** What it answers without an upgrade; `GET` where it does not say. */
  methods?: readonly ('GET' | 'POST')[];
  /** Answers a request without an upgrade; 426 where it does not. */
  answer?(request: PlainRequest): void;
}
