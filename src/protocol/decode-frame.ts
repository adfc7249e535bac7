import { DecodedFrame } from './decoded-frame.ts';
import { headerLengthOf, maxHeaderBytes, readPartialHeader } from './frame-header.ts';
import { FrameJudge, judgeClosePayload, type FrameJudgeOptions } from './frame-judge.ts';
import type { Frame, PendingFrame } from './frame.ts';
import { Opcode } from './opcode.ts';
import { PayloadBytes } from './payload-bytes.ts';

export interface FrameDecoderOptions extends FrameJudgeOptions {
  /**
   * How much of a frame's payload data is kept, in bytes; the rest is counted (`droppedBytes`) and let go. It is a bound
   * on memory and breaks no rule. Default 100 MiB, which is also how long a message ws takes.
   */
  maxPayloadBytes?: number;
}

/**
 * Decodes the frames of one side from a stream of bytes, in whatever chunks they come (RFC 6455 §5.2). Never throws: a
 * broken rule is a value on the frame, and decoding goes on after it. A payload that lies in one chunk is not copied.
 */
export class FrameDecoder {
  readonly #judge: FrameJudge;
  readonly #maxPayloadBytes: number;
  /** Where the frame under way begins. */
  #offset = 0;
  /** The header of the frame under way, as far as it has come. */
  readonly #header = new Uint8Array(maxHeaderBytes);
  #headerLength = 0;
  /** The frame under way, once its header is whole. */
  #frame: DecodedFrame | undefined;
  #payload = new PayloadBytes(0);
  /** How much of its payload data has come, kept or not. */
  #payloadLength = 0;

  constructor({ maxPayloadBytes = 100 * 1024 * 1024, ...judged }: FrameDecoderOptions) {
    this.#judge = new FrameJudge(judged);
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** Where the frame under way begins, or the next one will: counted from the first byte that was ever pushed. */
  get offset(): number {
    return this.#offset;
  }

  /** The frame of which a part has come; `undefined` between two frames. */
  get pending(): PendingFrame | undefined {
    if (this.#headerLength === 0) return undefined;
    const headerBytes = this.#header.slice(0, this.#headerLength);
    const come = this.#headerLength + this.#payloadLength;
    const missingOfHeader =
      (this.#headerLength < 2 ? 2 : headerLengthOf(headerBytes[1] ?? 0)) - this.#headerLength;
    return {
      range: { start: this.#offset, end: this.#offset + come },
      headerBytes,
      header: readPartialHeader(headerBytes),
      missingBytes: this.#frame ? this.#frame.payloadLength - this.#payloadLength : missingOfHeader,
      wirePayload: this.#frame ? this.#payload.bytes : new Uint8Array(0),
      violations: this.#frame ? this.#frame.violations : [],
    };
  }

  /** Takes the next bytes; answers the frames that are now whole. The bytes must not be changed afterwards. */
  push(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    for (;;) {
      if (!this.#frame) at += this.#takeHeader(bytes, at);
      const frame = this.#frame;
      if (!frame) return frames;
      const missing = frame.payloadLength - this.#payloadLength;
      const taken = Math.min(missing, bytes.length - at);
      if (taken > 0) this.#payload.add(bytes.subarray(at, at + taken));
      this.#payloadLength += taken;
      at += taken;
      if (taken < missing) return frames;
      frames.push(this.#finish(frame));
    }
  }

  /** Takes what there is of the header; begins the frame once that is whole. Answers how many bytes it took. */
  #takeHeader(bytes: Uint8Array, from: number): number {
    let at = from;
    for (;;) {
      const second = this.#header[1] ?? 0;
      const needed = this.#headerLength < 2 ? 2 : headerLengthOf(second);
      if (this.#headerLength === needed) break;
      const byte = bytes[at];
      if (byte === undefined) return at - from;
      this.#header[this.#headerLength++] = byte;
      at++;
    }
    this.#payload = new PayloadBytes(this.#maxPayloadBytes);
    const frame = new DecodedFrame(this.#offset, this.#header, this.#headerLength, this.#payload);
    this.#judge.judgeHeader(frame, frame.violations);
    this.#frame = frame;
    return at - from;
  }

  #finish(frame: DecodedFrame): Frame {
    if (frame.opcode === Opcode.close) judgeClosePayload(frame, frame.violations);
    this.#offset = frame.range.end;
    this.#headerLength = 0;
    this.#frame = undefined;
    this.#payloadLength = 0;
    return frame;
  }
}
