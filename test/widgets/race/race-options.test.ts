import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultOptions,
  optionsFromHash,
  optionsToHash,
  rateText,
  sliderOptions,
  type RaceOptions,
} from '../../../src/widgets/race/race-options.ts';

const anyOptions: fc.Arbitrary<RaceOptions> = fc.record({
  ...(Object.fromEntries(sliderOptions.map(({ id, stops }) => [id, fc.constantFrom(...stops)])) as Record<
    (typeof sliderOptions)[number]['id'],
    fc.Arbitrary<number>
  >),
  keepAlive: fc.boolean(),
  conditional: fc.boolean(),
});

describe('the options of a race in an address', () => {
  it('come back as they were', () => {
    expect(optionsToHash(defaultOptions)).toBe('#race');
    fc.assert(
      fc.property(anyOptions, (options) => {
        expect(optionsFromHash(optionsToHash(options))).toEqual(options);
      }),
    );
  });

  it('are the defaults where the address is somebody else’s, and the nearest stop where a value is odd', () => {
    expect(optionsFromHash('')).toEqual(defaultOptions);
    expect(optionsFromHash('#wire=3.7&interval=100')).toEqual(defaultOptions);
    expect(optionsFromHash('#race&interval=140&rate=1e6&size=&delay=NaN&keep-alive=maybe')).toEqual({
      ...defaultOptions,
      intervalMs: 100,
      messagesPerSecond: 50,
    });
  });

  it('never leave what the sliders offer', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const options = optionsFromHash(`#race&interval=${text}&rate=${text}&size=${text}`);
        for (const { id, stops } of sliderOptions) expect(stops).toContain(options[id]);
      }),
    );
  });
});

it('says a rate in whole numbers', () => {
  expect([50, 1, 0.5, 1 / 60, 1 / 600].map(rateText)).toEqual([
    '50 a second',
    '1 a second',
    '30 a minute',
    '1 a minute',
    '6 an hour',
  ]);
});
