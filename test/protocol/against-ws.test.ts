import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { readClosePayload } from '../../src/protocol/close-payload.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { MessageAssembler } from '../../src/protocol/message-assembler.ts';
import { isControl, Opcode } from '../../src/protocol/opcode.ts';
import { rules, type Rule } from '../../src/protocol/rules.ts';
import type { Side } from '../../src/protocol/side.ts';
import type { Violation } from '../../src/protocol/violation.ts';
import { cutAt, cuts } from './chunking.ts';
import { frameBytes, streamsOfFrames } from './frame-bytes.ts';
import { concat } from './hex.ts';
import { readWithWs } from './ws-internals.ts';

/** The code of ws's error for a rule of ours; a rule that is missing here is one that ws does not hold. */
const wsCodes = new Map<Rule, string[]>([
  [rules.reservedBits, ['WS_ERR_UNEXPECTED_RSV_1', 'WS_ERR_UNEXPECTED_RSV_2_3']],
  [rules.reservedOpcode, ['WS_ERR_INVALID_OPCODE']],
  [rules.clientMasks, ['WS_ERR_EXPECTED_MASK']],
  [rules.serverDoesNotMask, ['WS_ERR_UNEXPECTED_MASK']],
  [rules.controlNotFragmented, ['WS_ERR_EXPECTED_FIN']],
  [rules.controlTooLong, ['WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH']],
  [rules.loneContinuation, ['WS_ERR_INVALID_OPCODE']],
  [rules.interruptedMessage, ['WS_ERR_INVALID_OPCODE']],
  [rules.lengthTopBit, ['WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH']],
  [rules.closeBody, ['WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH']],
  [rules.closeCode, ['WS_ERR_INVALID_CLOSE_CODE']],
  [rules.closeReason, ['WS_ERR_INVALID_UTF8']],
  [rules.textUtf8, ['WS_ERR_INVALID_UTF8']],
]);

/** What ws calls a broken rule; nothing for the rules that it does not hold. */
function wsCodesOf(violations: readonly Violation[], opcode: number): string[] {
  return violations.flatMap(({ rule }) => {
    // ws refuses a control frame with an extended length by the 7 bits alone, however short it is.
    if (rule === rules.minimalLength && isControl(opcode)) return ['WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH'];
    return wsCodes.get(rule) ?? [];
  });
}

interface Expectation {
  events: string[];
  /** The codes with which it may fail; none where it should not. */
  failures: string[];
  /** The bytes end amid a header. */
  isHeaderCut: boolean;
}

/** What ws should make of bytes, by our own reading of them. */
function expectOfWs(bytes: Uint8Array, from: Side): Expectation {
  const decoder = new FrameDecoder({ from });
  const assembler = new MessageAssembler({ from });
  const events: string[] = [];
  for (const frame of decoder.push(bytes)) {
    const failures = wsCodesOf(frame.violations, frame.opcode);
    if (failures.length > 0) return { events, failures, isHeaderCut: false };
    if (isControl(frame.opcode)) {
      events.push(controlEvent(frame));
      if (frame.opcode === Opcode.close) return { events, failures: [], isHeaderCut: false };
    }
    for (const { kind, payload, violations } of assembler.push(frame)) {
      const broken = wsCodesOf(violations, frame.opcode);
      if (broken.length > 0) return { events, failures: broken, isHeaderCut: false };
      events.push(`${kind} ${Buffer.from(payload).toString('hex')}`);
    }
  }
  const { pending } = decoder;
  const isHeaderCut = pending !== undefined && !('maskingKey' in pending.header);
  const failures = wsCodesOf(pending?.violations ?? [], pending?.header.opcode ?? 0);
  // ws refuses a Close of one byte by its length alone, we once the byte is there.
  if (!isHeaderCut && pending?.header.opcode === Opcode.close && pending.header.payloadLength === 1) {
    failures.push('WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH');
  }
  return { events, failures, isHeaderCut };
}

function controlEvent({ opcode, payload }: Frame): string {
  if (opcode !== Opcode.close) {
    return `${opcode === Opcode.ping ? 'ping' : 'pong'} ${Buffer.from(payload).toString('hex')}`;
  }
  const { closeCode = 1005 } = readClosePayload(payload);
  return `close ${String(closeCode)} ${Buffer.from(payload.subarray(2)).toString('hex')}`;
}

describe('FrameDecoder and MessageAssembler, beside ws’s Receiver', () => {
  it('deliver the same messages and fail over the same frames, but for the rules that ws does not hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        streamsOfFrames,
        cuts(400),
        fc.constantFrom<Side>('client', 'server'),
        async (bytes, places, from) => {
          const expected = expectOfWs(bytes, from);
          const theirs = await readWithWs(cutAt(bytes, places), from);
          expect(theirs.events).toEqual(expected.events);
          // Of a header that is cut short ws judges the first two bytes, we wait for the rest.
          if (expected.isHeaderCut && expected.failures.length === 0) return;
          if (expected.failures.length === 0) expect(theirs.failed).toBeUndefined();
          else expect(expected.failures).toContain(theirs.failed);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('agree about legal traffic: messages in fragments, control frames between them, masked or not', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((value) => new TextEncoder().encode(value));
    const message = fc.record({
      isText: fc.boolean(),
      payload: text,
      cut: fc.nat(40),
      ping: fc.option(fc.uint8Array({ maxLength: 20 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 5 }),
        fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
        cuts(300),
        async (messages, maskingKey, places) => {
          const frames = messages.flatMap(({ isText, payload, cut, ping }) => [
            frameBytes({ flags: isText ? 0x01 : 0x02, payload: payload.slice(0, cut), maskingKey }),
            ...(ping ? [frameBytes({ flags: 0x89, payload: ping, maskingKey })] : []),
            frameBytes({ flags: 0x80, payload: payload.slice(cut), maskingKey }),
          ]);
          const bytes = concat(...frames);
          const from = maskingKey ? 'client' : 'server';
          const expected = expectOfWs(bytes, from);
          expect(expected.failures).toEqual([]);
          expect(expected.events.filter((event) => !event.startsWith('p'))).toHaveLength(messages.length);
          expect(await readWithWs(cutAt(bytes, places), from)).toEqual({
            events: expected.events,
            failed: undefined,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
