import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestHead } from '../../src/protocol/http-head.ts';
import type { Limits } from '../limits.ts';
import { answerOfCdn } from './genuine-cdn.ts';
import { ProxyCache } from './proxy-cache.ts';
import { cacheKeyOf, ReadAlong } from './read-along.ts';

/** Where a client's TCP connection was meant to go. A transparent proxy knows it from the packets' address. */
export type Destination = 'sandbox' | 'cdn';

/** The bounds of a proxy. */
export type CachingProxyLimits = Pick<
  Limits,
  'maxHeaderBytes' | 'maxProxyCacheEntries' | 'maxProxyCacheBytes'
>;

/** A connection that the proxy is to carry. */
export interface Carriage {
  /** The client's end. */
  client: Duplex;
  destination: Destination;
  /** Opens the connection to the sandbox's own listener for a request with this target; there is no other address. */
  dial: (target: string) => Socket;
}

/**
 * A transparent caching proxy as naive as those of Huang et al. 2011: it carries a connection to the address that the
 * client asked for, and keeps answers under the name that the request states. It has never heard of Upgrade, so it reads
 * on behind a 101. The first request of a connection it answers from its cache where it can; what follows passes.
 */
export class CachingProxy {
  readonly cache: ProxyCache;
  readonly #limits: CachingProxyLimits;

  constructor(limits: CachingProxyLimits) {
    this.#limits = limits;
    this.cache = new ProxyCache({
      maxEntries: limits.maxProxyCacheEntries,
      maxBytes: limits.maxProxyCacheBytes,
    });
  }

  /** Carries a connection to its end. */
  carry({ client, destination, dial }: Carriage): void {
    const along = new ReadAlong({
      maxHeadBytes: this.#limits.maxHeaderBytes,
      maxResponseBytes: this.#limits.maxProxyCacheBytes,
    });
    const held: Buffer[] = [];
    let heldBytes = 0;
    const endEarly = (): void => {
      client.end();
    };
    const decide = (bytes: Buffer): void => {
      held.push(bytes);
      heldBytes += bytes.length;
      const [request] = along.readClient(bytes);
      if (!request && heldBytes <= this.#limits.maxHeaderBytes) return;
      client.off('data', decide);
      client.off('end', endEarly);
      const answer = request && this.#answer(request, destination, along);
      if (answer) {
        client.resume();
        client.end(answer);
      } else if (destination === 'cdn') {
        client.destroy();
      } else {
        this.#pass(client, dial(request?.target ?? ''), Buffer.concat(held), along);
      }
    };
    client.on('error', () => undefined);
    client.on('data', decide);
    client.on('end', endEarly);
  }

  /** The answer to a connection's first request that needs no server: from the cache, or of the cdn in this process. */
  #answer(request: RequestHead, destination: Destination, along: ReadAlong): Buffer | undefined {
    const cached = request.method === 'GET' ? this.cache.find(cacheKeyOf(request)) : undefined;
    if (cached) {
      const age = Math.floor((performance.now() - cached.storedAt) / 1000);
      return withFields(cached.bytes, [`Age: ${String(age)}`, 'X-Cache: HIT']);
    }
    if (destination === 'sandbox') return undefined;
    const answer = answerOfCdn(request);
    this.#keep(along, answer);
    return withFields(answer, ['X-Cache: MISS']);
  }

  #keep(along: ReadAlong, bytes: Uint8Array): void {
    for (const { key, bytes: response } of along.readServer(bytes)) {
      this.cache.store(key, response, performance.now());
    }
  }

  /** Passes every byte on in both directions, and reads along. */
  #pass(client: Duplex, server: Socket, first: Buffer, along: ReadAlong): void {
    server.write(first);
    client.on('data', (bytes: Buffer) => {
      along.readClient(bytes);
      if (!server.write(bytes)) client.pause();
    });
    client.on('drain', () => server.resume());
    client.once('end', () => server.end());
    client.once('close', () => {
      server.destroySoon();
    });
    server.on('data', (bytes: Buffer) => {
      this.#keep(along, bytes);
      if (!client.write(bytes)) server.pause();
    });
    server.on('drain', () => client.resume());
    server.once('end', () => client.end());
    server.on('error', () => client.destroy());
  }
}

/** A response with further fields behind its own. */
function withFields(response: Uint8Array, fields: readonly string[]): Buffer {
  const bytes = Buffer.from(response);
  const end = bytes.indexOf('\r\n\r\n');
  const more = Buffer.from(fields.map((field) => `\r\n${field}`).join(''));
  return Buffer.concat([bytes.subarray(0, end), more, bytes.subarray(end)]);
}
