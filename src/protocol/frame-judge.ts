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
  from: Side;
  extensions?: readonly Extension[];
}

/**
 * Judges the frames of one side, one after the other: what a frame breaks by itself, and what it breaks by standing
 * where it stands (RFC 6455 §5; RFC 7692 §6.1). A broken frame is taken for what it claims to be, so that what follows
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

  /** Judges a frame by its header, before its payload data has come. */
  judgeHeader(frame: Frame, broken: (violation: Violation) => void): void {
    const add = (rule: Rule, at: ByteRange, found: string): void => {
      broken({ rule, at, found });
    };
    this.#judgeFlags(frame, add);
    this.#judgeLength(frame, add);
    if (isControl(frame.opcode)) judgeControl(frame, add);
    else this.#judgeOrder(frame, add);
    if (frame.opcode === Opcode.close) this.#hasClosed = true;
  }

  #judgeFlags(frame: Frame, add: AddViolation): void {
    const { rsv1, rsv2, rsv3, opcode } = frame;
    if ((rsv1 || rsv2 || rsv3) && !this.#hasUnknownExtension) {
      const reserved = [!this.#hasDeflate && rsv1 && 'RSV1', rsv2 && 'RSV2', rsv3 && 'RSV3'].filter(Boolean);
      if (reserved.length > 0) {
        add(rules.reservedBits, frame.fields.flags, `${reserved.join(', ')} set`);
      }
      // RFC 7692 §6.1
      if (this.#hasDeflate && rsv1 && (isControl(opcode) || opcode === Opcode.continuation)) {
        const where = isControl(opcode) ? 'a control frame' : 'a continuation frame';
        add(rules.compressedBit, frame.fields.flags, `RSV1 set on ${where}`);
      }
    }
    if (isReserved(opcode)) {
      add(rules.reservedOpcode, frame.fields.flags, `opcode 0x${opcode.toString(16).toUpperCase()}`);
    }
    if (this.#from === 'client' && !frame.masked) add(rules.clientMasks, frame.fields.length, 'MASK is 0');
    if (this.#from === 'server' && frame.masked) {
      add(rules.serverDoesNotMask, frame.fields.length, 'MASK is 1');
    }
  }

  #judgeLength(frame: Frame, add: AddViolation): void {
    const { lengthEncoding, payloadLength } = frame;
    if (lengthEncoding === 7) return;
    const at = frame.fields.extendedLength ?? frame.fields.length;
    if (payloadLength < (lengthEncoding === 16 ? 126 : 65_536)) {
      add(rules.minimalLength, at, `${String(payloadLength)} written in ${String(lengthEncoding)} bits`);
    }
    if (payloadLength >= 2 ** 63) {
      add(rules.lengthTopBit, { start: at.start, end: at.start + 1 }, 'the top bit is 1');
    }
  }

  /** §5.4 and §5.5.1: which data frame may stand here. A reserved opcode below 0x8 is one of data. */
  #judgeOrder(frame: Frame, add: AddViolation): void {
    const { opcode, fin, fields } = frame;
    if (this.#hasClosed) add(rules.dataAfterClose, frame.range, 'a data frame after a Close frame');
    if (opcode === Opcode.continuation) {
      if (!this.#isMessageOpen) add(rules.loneContinuation, fields.flags, 'a continuation of nothing');
      else this.#isMessageOpen = !fin;
      return;
    }
    if (this.#isMessageOpen) {
      add(rules.interruptedMessage, fields.flags, 'a new message before the last one was finished');
    }
    this.#isMessageOpen = !fin;
  }
}

type AddViolation = (rule: Rule, at: ByteRange, found: string) => void;

/** §5.5: what holds for every control frame. */
function judgeControl(frame: Frame, add: AddViolation): void {
  const { fin, payloadLength, fields } = frame;
  if (!fin) add(rules.controlNotFragmented, fields.flags, 'FIN is 0');
  if (payloadLength > 125) {
    add(rules.controlTooLong, fields.extendedLength ?? fields.length, `${String(payloadLength)} bytes`);
  }
}

/** §5.5.1, §7.4: judges the body of a Close frame, once it has come. */
export function judgeClosePayload(frame: Frame, broken: (violation: Violation) => void): void {
  const { payload, fields } = frame;
  const { start } = fields.payload;
  const { closeCode, invalidReason } = readClosePayload(payload);
  if (payload.length === 1) {
    broken({ rule: rules.closeBody, at: fields.payload, found: '1 byte' });
  }
  if (closeCode !== undefined && !mayBeSent(closeCode)) {
    broken({ rule: rules.closeCode, at: { start, end: start + 2 }, found: String(closeCode) });
  }
  if (invalidReason) {
    const at = { start: start + invalidReason.start, end: start + invalidReason.end };
    broken({ rule: rules.closeReason, at, found: 'bytes that are no UTF-8' });
  }
}
