import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fewKeys, keyFactsOf } from '../../src/derive/key-facts.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

/** The facts of a client that sent empty texts with these keys. */
const factsOf = (...keys: string[]) => {
  const log = new WrittenLog().upgraded(1);
  for (const key of keys) log.bytes(1, 'client', hex(`81 80 ${key}`));
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('one connection');
  return keyFactsOf(connection);
};

describe('keyFactsOf', () => {
  it('has no verdict without a masked frame', () => {
    expect(factsOf()).toMatchObject({ verdict: 'none', masked: 0, deviations: 0 });
  });

  it.each([
    ['zero', ['00000000', '12345678']],
    ['repeated', ['12345678', '9abcdef0', '12345678']],
    ['few', ['12345678', '9abcdef0']],
  ])('calls keys %s', (verdict, keys) => {
    expect(factsOf(...keys).verdict).toBe(verdict);
  });

  it('notices a counter, also where it runs over', () => {
    expect(factsOf('fffffffe', '00000001', '00000004')).toMatchObject({ verdict: 'counted', step: 3 });
    expect(factsOf('12345678', '12345679')).toMatchObject({ verdict: 'few', step: undefined });
  });

  it('notices bits that no fair coin throws, and gives the count', () => {
    const facts = factsOf('00000001', '00000103', '00010004', '01000010');
    expect(facts).toMatchObject({ verdict: 'lopsided', bitsSet: 8 });
    expect(facts.deviations).toBeLessThan(-5);
  });

  it('finds nothing strange in enough keys of a good generator', () => {
    const keys = Array.from({ length: fewKeys }, (_, index) =>
      createHash('sha256').update(String(index)).digest('hex').slice(0, 8),
    );
    expect(factsOf(...keys)).toMatchObject({ verdict: 'unsuspicious', masked: fewKeys, different: fewKeys });
  });
});
