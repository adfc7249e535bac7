/** What a cache may hold. */
export interface ProxyCacheBounds {
  maxEntries: number;
  /** All entries together. */
  maxBytes: number;
}

/** A response that was kept: every byte of it as it came, and when, by `performance.now()`. */
export interface CachedResponse {
  bytes: Uint8Array;
  storedAt: number;
}

/** The responses that a caching proxy has kept, by Host and path. Over its bounds it forgets the oldest. */
export class ProxyCache {
  readonly #bounds: ProxyCacheBounds;
  readonly #responses = new Map<string, CachedResponse>();
  #byteCount = 0;

  constructor(bounds: ProxyCacheBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#responses.size;
  }

  get byteCount(): number {
    return this.#byteCount;
  }

  find(key: string): CachedResponse | undefined {
    return this.#responses.get(key);
  }

  /** Keeps a response, in place of one of the same key. One that is larger than all may be is not kept. */
  store(key: string, bytes: Uint8Array, storedAt: number): void {
    this.#forget(key);
    if (bytes.length > this.#bounds.maxBytes) return;
    this.#responses.set(key, { bytes: Uint8Array.from(bytes), storedAt });
    this.#byteCount += bytes.length;
    for (const oldest of this.#responses.keys()) {
      if (this.#responses.size <= this.#bounds.maxEntries && this.#byteCount <= this.#bounds.maxBytes) return;
      this.#forget(oldest);
    }
  }

  clear(): void {
    this.#responses.clear();
    this.#byteCount = 0;
  }

  #forget(key: string): void {
    this.#byteCount -= this.#responses.get(key)?.bytes.length ?? 0;
    this.#responses.delete(key);
  }
}
