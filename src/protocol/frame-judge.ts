import type { ByteRange } from './byte-range.ts';
import { mayBeSent } from './close-code.ts';
import { readClosePayload } from './close-payload.ts';
import type { Extension } from './extension.ts';
import type { Frame } from './frame.ts';
import { isControl, isReserved, Opcode } from './opcode.ts';
import { deflateName } from './permessage-deflate.ts';
import { rules, type Rule } from './rules.ts';
import type { Side } from './side.ts';
import type { Violation } from './violation.ts';

/** Whose frames are judged, and what was agreed on. */
export interface FrameJudgeOptions {
  /** It decides who has to mask (RFC 6455 §5.1). */
  from: Side;
  /** What was agreed on in the opening handshake: an extension may give reserved bits a meaning (§5.2). Default none. */
  extensions?: readonly Extension[];
}

/**
 * Judges the frames of one side, one after the other: what a frame breaks by itself, and what it breaks by its
 * place among the others (RFC 6455 §5; RFC 7692 §6.1). A broken frame is taken for what it claims to be, so that what follows
 * is judged on.
 */
export class FrameJudge {
  readonly #from: Side;
  readonly #hasDeflate: boolean;
  /** An extension that we do not know may give any reserved bit a meaning. */
  readonly #hasUnknownExtension: boolean;
  #isMessageOpen = false;
  #hasClosed = false;

  constructor({ from, extensions = [] }: FrameJudgeOptions) {
    this.#from = from;
    this.#hasDeflate = extensions.some(({ name }) => name === deflateName);
    this.#hasUnknownExtension = extensions.some(({ name }) => name !== deflateName);
  }

  /** Judges a frame by its header, before its payload data has come, and adds what it breaks. */
  judgeHeader(frame: Frame, violations: Violation[]): void {
    // `frame.fields` is worked out when it is asked for: only a frame that breaks a rule should pay for it.
    const add: AddViolation = (rule, at, found) => {
      violations.push({ rule, at: at(frame), found });
    };
    if (frame.rsv1 || frame.rsv2 || frame.rsv3) this.#judgeReservedBits(frame, add);
    if (isReserved(frame.opcode)) {
      add(rules.reservedOpcode, flags, `opcode 0x${frame.opcode.toString(16).toUpperCase()}`);
    }
    if (this.#from === 'client' && !frame.masked) add(rules.clientMasks, secondByte, 'MASK is 0');
    if (this.#from === 'server' && frame.masked) add(rules.serverDoesNotMask, secondByte, 'MASK is 1');
    if (frame.lengthEncoding !== 7) judgeLength(frame, add);
    if (isControl(frame.opcode)) judgeControl(frame, add);
    else this.#judgeOrder(frame, add);
    if (frame.opcode === Opcode.close) this.#hasClosed = true;
  }

  #judgeReservedBits({ rsv1, rsv2, rsv3, opcode }: Frame, add: AddViolation): void {
    if (this.#hasUnknownExtension) return;
    const reserved = [rsv1 && !this.#hasDeflate && 'RSV1', rsv2 && 'RSV2', rsv3 && 'RSV3'].filter(Boolean);
    if (reserved.length > 0) add(rules.reservedBits, flags, `${reserved.join(', ')} set`);
    // RFC 7692 §6.1
    if (rsv1 && this.#hasDeflate) {
      if (isControl(opcode)) add(rules.compressedBit, flags, 'RSV1 set on a control frame');
      if (opcode === Opcode.continuation) add(rules.compressedBit, flags, 'RSV1 set on a continuation frame');
    }
  }

  /** §5.4 and §5.5.1: which data frame may stand here. A reserved opcode below 0x8 is one of data. */
  #judgeOrder({ opcode, fin }: Frame, add: AddViolation): void {
    if (this.#hasClosed) add(rules.dataAfterClose, wholeFrame, 'a data frame after a Close frame');
    if (opcode === Opcode.continuation && !this.#isMessageOpen) {
      add(rules.loneContinuation, flags, 'a continuation of nothing');
      return;
    }
    if (opcode !== Opcode.continuation && this.#isMessageOpen) {
      add(rules.interruptedMessage, flags, 'a new message before the last one was finished');
    }
    this.#isMessageOpen = !fin;
  }
}

type AddViolation = (rule: Rule, at: (frame: Frame) => ByteRange, found: string) => void;

const flags = (frame: Frame): ByteRange => frame.fields.flags;
const secondByte = (frame: Frame): ByteRange => frame.fields.length;
const wholeFrame = (frame: Frame): ByteRange => frame.range;
const payloadLengthField = (frame: Frame): ByteRange => frame.fields.extendedLength ?? frame.fields.length;
const topByteOfLength = (frame: Frame): ByteRange => {
  const { start } = payloadLengthField(frame);
  return { start, end: start + 1 };
};

/** §5.2: the form of an extended payload length. */
function judgeLength({ lengthEncoding, payloadLength }: Frame, add: AddViolation): void {
  if (payloadLength < (lengthEncoding === 16 ? 126 : 65_536)) {
    const found = `${String(payloadLength)} written in ${String(lengthEncoding)} bits`;
    add(rules.minimalLength, payloadLengthField, found);
  }
  if (payloadLength >= 2 ** 63) add(rules.lengthTopBit, topByteOfLength, 'the top bit is 1');
}

/** §5.5: what holds for every control frame. */
function judgeControl({ fin, payloadLength }: Frame, add: AddViolation): void {
  if (!fin) add(rules.controlNotFragmented, flags, 'FIN is 0');
  if (payloadLength > 125) add(rules.controlTooLong, payloadLengthField, `${String(payloadLength)} bytes`);
}

/** §5.5.1, §7.4: judges the body of a Close frame, once it has come, and adds what it breaks. */
export function judgeClosePayload(frame: Frame, violations: Violation[]): void {
  const { payload, fields } = frame;
  const { start } = fields.payload;
  const { closeCode, invalidReason } = readClosePayload(payload);
  if (payload.length === 1) violations.push({ rule: rules.closeBody, at: fields.payload, found: '1 byte' });
  if (closeCode !== undefined && !mayBeSent(closeCode)) {
    violations.push({ rule: rules.closeCode, at: { start, end: start + 2 }, found: String(closeCode) });
  }
  if (invalidReason) {
    const at = { start: start + invalidReason.start, end: start + invalidReason.end };
    violations.push({ rule: rules.closeReason, at, found: 'bytes that are not UTF-8' });
  }
}
