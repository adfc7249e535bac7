import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { readClosePayload } from '../../src/protocol/close-payload.ts';
import type { Extension } from '../../src/protocol/extension.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { MessageAssembler } from '../../src/protocol/message-assembler.ts';
import { isControl, Opcode } from '../../src/protocol/opcode.ts';
import { rules, type Rule } from '../../src/protocol/rules.ts';
import type { Side } from '../../src/protocol/side.ts';
import type { Violation } from '../../src/protocol/violation.ts';

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
  [rules.compressedBit, ['WS_ERR_UNEXPECTED_RSV_1']],
  [rules.compressedData, ['Z_DATA_ERROR']],
]);

/** What zlib, and so ws, takes of compressed data that we judge broken (RFC 7692 §7.1.2, §7.2.2). */
const laxInData = ['data that ends amid a block', 'a reference beyond the agreed window'];

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
  /** From here on ws reads what is no compressed data: what it makes of that nobody has to know. */
  isAstray?: true;
}

/** What ws should make of bytes, by our own reading of them. */
export function expectOfWs(
  bytes: Uint8Array,
  from: Side,
  extensions: readonly Extension[] = [],
): Expectation {
  const decoder = new FrameDecoder({ from, extensions });
  const assembler = new MessageAssembler({ from, extensions });
  const events: string[] = [];
  for (const frame of decoder.push(bytes)) {
    const failures = wsCodesOf(frame.violations, frame.opcode);
    if (failures.length > 0) return { events, failures, isHeaderCut: false };
    if (isControl(frame.opcode)) {
      events.push(controlEvent(frame));
      if (frame.opcode === Opcode.close) return { events, failures: [], isHeaderCut: false };
    }
    for (const { kind, payload, violations } of assembler.push(frame)) {
      if (violations.some(({ found }) => laxInData.includes(found))) {
        return { events, failures: [], isHeaderCut: false, isAstray: true };
      }
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
