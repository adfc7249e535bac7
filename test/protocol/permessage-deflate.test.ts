import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatExtensions, parseExtensions, type Extension } from '../../src/protocol/extension.ts';
import {
  agreedDeflate,
  answerDeflate,
  formatDeflate,
  misfitOfDeflateAnswer,
  readDeflateAnswer,
  readDeflateOffer,
  type DeflateParameters,
} from '../../src/protocol/permessage-deflate.ts';
import { WsDeflate } from './ws-internals.ts';

const extensionOf = (value: string): Extension => {
  const [extension] = parseExtensions([value]).extensions;
  if (!extension) throw new Error('no extension');
  return extension;
};
const deflate = (parameters: string): Extension => extensionOf(`permessage-deflate${parameters}`);

const none: DeflateParameters = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: undefined,
};

describe('readDeflateOffer and readDeflateAnswer', () => {
  it.each<[parameters: string, read: Partial<DeflateParameters>]>([
    ['', {}],
    ['; server_no_context_takeover', { serverNoContextTakeover: true }],
    ['; client_no_context_takeover', { clientNoContextTakeover: true }],
    ['; server_max_window_bits=8', { serverMaxWindowBits: 8 }],
    ['; server_max_window_bits="15"', { serverMaxWindowBits: 15 }],
    ['; client_max_window_bits=10', { clientMaxWindowBits: 10 }],
  ])('read %j the same (RFC 7692 §7.1)', (parameters, read) => {
    const expected = { ok: true, value: { ...none, ...read } };
    expect(readDeflateOffer(deflate(parameters))).toEqual(expected);
    expect(readDeflateAnswer(deflate(parameters))).toEqual(expected);
  });

  it('differ about client_max_window_bits without a value: only an offer may have it (§7.1.2.2)', () => {
    expect(readDeflateOffer(deflate('; client_max_window_bits'))).toMatchObject({
      value: { clientMaxWindowBits: 'any' },
    });
    expect(readDeflateAnswer(deflate('; client_max_window_bits'))).toEqual({
      ok: false,
      found: 'client_max_window_bits=(no value)',
    });
  });

  it.each([
    ['; server_no_context_takeover=1', 'server_no_context_takeover with a value'],
    ['; client_no_context_takeover=true', 'client_no_context_takeover with a value'],
    ['; server_max_window_bits', 'server_max_window_bits=(no value)'],
    ['; server_max_window_bits=7', 'server_max_window_bits=7'],
    ['; server_max_window_bits=16', 'server_max_window_bits=16'],
    ['; server_max_window_bits=010', 'server_max_window_bits=010'],
    ['; client_max_window_bits=0x9', 'client_max_window_bits=0x9'],
    ['; client_max_window_bits=10; client_max_window_bits=10', 'client_max_window_bits twice'],
    ['; level=9', 'an unknown parameter level'],
    ['; constructor', 'an unknown parameter constructor'],
  ])('refuse %j (§7.1)', (parameters, found) => {
    expect(readDeflateOffer(deflate(parameters))).toEqual({ ok: false, found });
    expect(readDeflateAnswer(deflate(parameters))).toEqual({ ok: false, found });
  });
});

const bits = fc.option(fc.integer({ min: 8, max: 15 }), { nil: undefined });
const offer: fc.Arbitrary<DeflateParameters> = fc.record({
  serverNoContextTakeover: fc.boolean(),
  clientNoContextTakeover: fc.boolean(),
  serverMaxWindowBits: bits,
  clientMaxWindowBits: fc.oneof(bits, fc.constant('any' as const)),
});
const wishes = fc.record(
  {
    serverNoContextTakeover: fc.boolean(),
    clientNoContextTakeover: fc.boolean(),
    serverMaxWindowBits: fc.integer({ min: 8, max: 15 }),
    clientMaxWindowBits: fc.integer({ min: 8, max: 15 }),
  },
  { requiredKeys: [] },
);

/** What ws's client may be told. An explicit `false` makes it refuse what RFC 7692 §7.1.1.2 lets a server answer. */
const wsOptions = fc.record(
  {
    serverNoContextTakeover: fc.constant(true),
    clientNoContextTakeover: fc.constant(true),
    serverMaxWindowBits: fc.integer({ min: 9, max: 15 }),
    clientMaxWindowBits: fc.integer({ min: 9, max: 15 }),
  },
  { requiredKeys: [] },
);

describe('formatDeflate', () => {
  it('writes what readDeflateOffer reads back', () => {
    fc.assert(
      fc.property(offer, (parameters) => {
        const written = formatExtensions([formatDeflate(parameters)]);
        expect(readDeflateOffer(extensionOf(written))).toEqual({ ok: true, value: parameters });
      }),
    );
  });
});

describe('answerDeflate', () => {
  it('answers a browser’s offer with as little as possible (RFC 7692 §7.1.3)', () => {
    expect(answerDeflate([deflate('; client_max_window_bits')])).toEqual(none);
  });

  it('takes the first offer that fits, and passes over those that are not in order', () => {
    const offers = [
      deflate('; level=9'),
      extensionOf('x-ray'),
      deflate('; server_max_window_bits=10'),
      deflate(''),
    ];
    expect(answerDeflate(offers)).toEqual({ ...none, serverMaxWindowBits: 10 });
    expect(answerDeflate([deflate('; level=9')])).toBeUndefined();
    expect(answerDeflate([])).toBeUndefined();
  });

  it('declines a client that does not offer to be limited, where it must be (§7.1.2.2)', () => {
    const limited = deflate('; client_max_window_bits');
    expect(answerDeflate([deflate('')], { clientMaxWindowBits: 10 })).toBeUndefined();
    expect(answerDeflate([deflate(''), limited], { clientMaxWindowBits: 10 })).toMatchObject({
      clientMaxWindowBits: 10,
    });
    expect(answerDeflate([deflate('')], { clientMaxWindowBits: 15 })).toEqual(none);
  });

  it('gives no answer that the client would have to fail over, and keeps to what was asked and wished', () => {
    fc.assert(
      fc.property(offer, wishes, (offered, wished) => {
        const answer = answerDeflate([formatDeflate(offered)], wished);
        if (!answer) return;
        const written = formatDeflate(answer);
        expect(readDeflateAnswer(written)).toEqual({ ok: true, value: answer });
        expect(misfitOfDeflateAnswer(answer, offered)).toBeUndefined();
        const agreed = agreedDeflate([written]);
        expect(agreed?.serverMaxWindowBits).toBeLessThanOrEqual(wished.serverMaxWindowBits ?? 15);
        expect(agreed?.clientMaxWindowBits).toBeLessThanOrEqual(wished.clientMaxWindowBits ?? 15);
        if (wished.serverNoContextTakeover === true) expect(agreed?.serverNoContextTakeover).toBe(true);
      }),
    );
  });

  it('gives answers that ws’s client takes, to offers that it makes', () => {
    fc.assert(
      fc.property(wsOptions, wishes, (options, wished) => {
        const client = new WsDeflate(options);
        const offers = Object.entries(client.offer()).map(([name, value]) => ({
          name,
          value: value === true ? undefined : String(value),
        }));
        const answer = answerDeflate([{ name: 'permessage-deflate', parameters: offers }], wished);
        if (!answer) return;
        const configuration: Record<string, unknown[]> = {};
        for (const { name, value } of formatDeflate(answer).parameters) configuration[name] = [value ?? true];
        expect(() => client.accept([configuration])).not.toThrow();
      }),
    );
  });
});

describe('agreedDeflate', () => {
  it('takes a limit that was not set for the largest one (RFC 7692 §7.1.2)', () => {
    expect(agreedDeflate([deflate('; client_max_window_bits=9')])).toEqual({
      serverNoContextTakeover: false,
      clientNoContextTakeover: false,
      serverMaxWindowBits: 15,
      clientMaxWindowBits: 9,
    });
  });

  it('is none without the extension, or where its answer is not in order', () => {
    expect(agreedDeflate([extensionOf('x-ray')])).toBeUndefined();
    expect(agreedDeflate([deflate('; level=9')])).toBeUndefined();
  });
});
