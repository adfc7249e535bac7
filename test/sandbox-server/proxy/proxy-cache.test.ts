import { describe, expect, it } from 'vitest';
import { ProxyCache } from '../../../sandbox-server/proxy/proxy-cache.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(length);

describe('ProxyCache', () => {
  it('keeps the newest response of a key', () => {
    const cache = new ProxyCache({ maxEntries: 2, maxBytes: 100 });
    cache.store('a', bytes(10), 1);
    cache.store('a', bytes(20), 2);
    expect(cache.find('a')).toEqual({ bytes: bytes(20), storedAt: 2 });
    expect([cache.size, cache.byteCount]).toEqual([1, 20]);
  });

  it('forgets the oldest beyond its bound of entries', () => {
    const cache = new ProxyCache({ maxEntries: 2, maxBytes: 100 });
    for (const key of ['a', 'b', 'c']) cache.store(key, bytes(1), 0);
    expect(cache.find('a')).toBeUndefined();
    expect([cache.size, cache.byteCount]).toEqual([2, 2]);
  });

  it('forgets the oldest beyond its bound of bytes, and does not take what is too large alone', () => {
    const cache = new ProxyCache({ maxEntries: 10, maxBytes: 100 });
    cache.store('a', bytes(60), 0);
    cache.store('b', bytes(60), 0);
    cache.store('c', bytes(101), 0);
    expect([cache.find('a'), cache.find('c')]).toEqual([undefined, undefined]);
    expect([cache.size, cache.byteCount]).toEqual([1, 60]);
  });

  it('forgets all when it is cleared, and does not follow changes of what it was given', () => {
    const cache = new ProxyCache({ maxEntries: 10, maxBytes: 100 });
    const given = bytes(3);
    cache.store('a', given, 0);
    given[0] = 7;
    expect(cache.find('a')?.bytes).toEqual(bytes(3));
    cache.clear();
    expect([cache.size, cache.byteCount]).toEqual([0, 0]);
  });
});
