import { HeadFinder } from '../../src/protocol/head-finder.ts';
import type { RequestHead, ResponseHead } from '../../src/protocol/http-head.ts';
import { fieldValues } from '../../src/protocol/read-head.ts';

/** A response that may be kept, and the request it is taken to answer. */
export interface CacheableResponse {
  key: string;
  bytes: Uint8Array;
}

/** What reading along is bounded by. */
export interface ReadAlongBounds {
  /** The longest head. */
  maxHeadBytes: number;
  /** The longest response that is collected. */
  maxResponseBytes: number;
}

/** Requests that wait for their response; more are not remembered. */
const maxPending = 16;

/** Under what a cache keeps the answer to a request: its Host and its target, as the request itself says. */
export const cacheKeyOf = (request: RequestHead): string =>
  `${(fieldValues(request, 'Host')[0] ?? '').toLowerCase()} ${request.target}`;

/**
 * What a proxy reads in a connection that it takes for HTTP from the first byte to the last. A 101 is to it an answer
 * without a body like any other; what is neither request nor response it passes over. The first response belongs to the
 * first request, and so on: that is all that ties them.
 */
export class ReadAlong {
  readonly #bounds: ReadAlongBounds;
  readonly #requests: HeadFinder<'request'>;
  readonly #responses: HeadFinder<'response'>;
  readonly #pending: RequestHead[] = [];
  /** The response whose body is under way. */
  #body: { parts: Uint8Array[]; missing: number; key: string | undefined } | undefined;

  constructor(bounds: ReadAlongBounds) {
    this.#bounds = bounds;
    this.#requests = new HeadFinder('request', bounds.maxHeadBytes);
    this.#responses = new HeadFinder('response', bounds.maxHeadBytes);
  }

  /** Reads bytes of the client; answers the requests that are now whole. */
  readClient(bytes: Uint8Array): RequestHead[] {
    const found: RequestHead[] = [];
    for (let at = 0; at < bytes.length;) {
      const request = this.#requests.find(bytes, at);
      if (!request) break;
      at = request.end;
      found.push(request.head);
      if (this.#pending.length < maxPending) this.#pending.push(request.head);
    }
    return found;
  }

  /** Reads bytes of the server; answers the responses that are now whole and may be kept. */
  readServer(bytes: Uint8Array): CacheableResponse[] {
    const whole: CacheableResponse[] = [];
    for (let at = 0; at < bytes.length;) {
      if (!this.#body) {
        const response = this.#responses.find(bytes, at);
        if (!response) break;
        at = response.end;
        this.#begin(response.head);
      } else {
        const part = bytes.subarray(at, at + this.#body.missing);
        if (this.#body.key !== undefined) this.#body.parts.push(Uint8Array.from(part));
        this.#body.missing -= part.length;
        at += part.length;
      }
      if (this.#body?.missing === 0) {
        const { key, parts } = this.#body;
        this.#body = undefined;
        if (key !== undefined) whole.push({ key, bytes: Buffer.concat(parts) });
      }
    }
    return whole;
  }

  #begin(head: ResponseHead): void {
    const request = this.#pending.shift();
    const length = Number(fieldValues(head, 'Content-Length')[0]);
    // RFC 9112 §6.3: these end with their head. One without a length ends with the connection, and is not kept.
    const hasBody = head.statusCode >= 200 && head.statusCode !== 204 && head.statusCode !== 304;
    if (!hasBody || !Number.isSafeInteger(length) || length < 0) return;
    const isCacheable = request?.method === 'GET' && head.statusCode === 200;
    const isTooLong = head.bytes.length + length > this.#bounds.maxResponseBytes;
    const key = isCacheable && !isTooLong ? cacheKeyOf(request) : undefined;
    this.#body = { parts: [head.bytes], missing: length, key };
  }
}
