import type { ByteRange } from './byte-range.ts';
import type { Frame } from './frame.ts';
import type { MessageInflater } from './message-inflater.ts';
import type { Message } from './message.ts';
import { Opcode } from './opcode.ts';
import { PayloadBytes } from './payload-bytes.ts';
import { rules } from './rules.ts';
import { decodeUtf8, findInvalidUtf8 } from './utf8.ts';
import { Utf8Validator } from './utf8-validator.ts';
import type { Violation } from './violation.ts';

/** A message that was put together from frames. Its text is decoded when it is asked for. */
export class DecodedMessage implements Message {
  readonly kind: 'text' | 'binary';
  readonly fragments: readonly Frame[];
  readonly range: ByteRange;
  readonly isCompressed: boolean;
  readonly wireLength: number;
  readonly missing: Message['missing'];
  readonly violations: Violation[] = [];
  readonly #payloadBytes: PayloadBytes;
  #text: string | undefined;

  /** `inflater` is that of the side that sent it; there is none where no compression was agreed on. */
  constructor(
    fragments: readonly Frame[],
    isFinished: boolean,
    inflater: MessageInflater | undefined,
    maxBytes: number,
  ) {
    const [first] = fragments;
    this.kind = first?.opcode === Opcode.binary ? 'binary' : 'text';
    this.fragments = fragments;
    this.range = { start: first?.range.start ?? 0, end: fragments.at(-1)?.range.end ?? 0 };
    this.isCompressed = first?.rsv1 === true && inflater !== undefined;
    this.wireLength = fragments.reduce((length, { payloadLength }) => length + payloadLength, 0);
    const wirePayload = new PayloadBytes(this.isCompressed ? Number.MAX_SAFE_INTEGER : maxBytes);
    for (const { payload } of fragments) wirePayload.add(payload);
    const isWhole = wirePayload.length === this.wireLength;
    const missing = isFinished ? (isWhole ? undefined : 'bound') : 'unfinished';
    if (this.isCompressed && inflater) {
      this.#payloadBytes = new PayloadBytes(maxBytes);
      this.missing = this.#inflate(wirePayload.bytes, inflater, missing);
    } else {
      this.#payloadBytes = wirePayload;
      this.missing = missing;
      if (this.kind === 'text') this.#judgeText();
    }
  }

  get payload(): Uint8Array {
    return this.#payloadBytes.bytes;
  }

  get text(): string | undefined {
    if (this.kind === 'binary') return undefined;
    this.#text ??= decodeUtf8(this.payload);
    return this.#text;
  }

  /** Answers what is missing of the message after inflating; `missing` is what was missing before. */
  #inflate(
    compressed: Uint8Array,
    inflater: MessageInflater,
    missing: Message['missing'],
  ): Message['missing'] {
    const inflated = inflater.inflate(compressed);
    this.#payloadBytes.add(inflated.bytes);
    if (missing !== undefined) return missing;
    if (inflated.outcome === 'no context') return 'not inflated';
    if (inflated.outcome === 'cut short') return 'bound';
    if (inflated.outcome === 'broken') {
      const brokenAt = Math.min(inflated.brokenAt ?? 0, Math.max(0, compressed.length - 1));
      const at = this.#placeOf({ start: brokenAt, end: Math.min(brokenAt + 1, compressed.length) });
      this.violations.push({ rule: rules.compressedData, at, found: inflated.found ?? 'no DEFLATE data' });
      return 'not inflated';
    }
    const invalid = this.kind === 'text' ? findInvalidUtf8(inflated.bytes) : undefined;
    if (invalid) {
      // Which bytes on the wire a byte came from, compression does not say: the whole message is to blame.
      const found = describeInvalid(inflated.bytes, invalid);
      this.violations.push({ rule: rules.textUtf8, at: this.#placeOf(undefined), found });
    }
    return undefined;
  }

  /** §8.1. A message of which the end is missing is judged as far as it goes. */
  #judgeText(): void {
    const validator = new Utf8Validator();
    let isWhole = this.missing !== 'unfinished';
    for (const { payload, droppedBytes } of this.fragments) {
      if (!validator.push(payload)) break;
      if (droppedBytes > 0) {
        isWhole = false;
        break;
      }
    }
    const invalid = isWhole ? validator.end() : validator.invalid;
    if (!invalid) return;
    const found = describeInvalid(this.payload, invalid);
    this.violations.push({ rule: rules.textUtf8, at: this.#placeOf(invalid), found });
  }

  /**
   * Where bytes of the joined payload data stand in the stream; without them, the payload data of the message. Bytes that
   * lie in two fragments are told by the last of them: between the two stands a header that is not to blame.
   */
  #placeOf(bytes: ByteRange | undefined): ByteRange {
    const first = this.fragments[0]?.fields.payload ?? this.range;
    if (!bytes) return { start: first.start, end: this.range.end };
    let passed = 0;
    for (const { fields, payload } of this.fragments) {
      const end = passed + payload.length;
      if (bytes.end <= end) {
        const { start } = fields.payload;
        return { start: start + Math.max(0, bytes.start - passed), end: start + bytes.end - passed };
      }
      passed = end;
    }
    return { start: this.range.end, end: this.range.end };
  }
}

function describeInvalid(bytes: Uint8Array, { start, end }: ByteRange): string {
  if (end > bytes.length) return 'bytes that are not UTF-8, beyond those that were kept';
  const hex = Array.from(bytes.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0'));
  return end === bytes.length && end - start < 4 && isBeginning(bytes, start)
    ? `${hex.join(' ')} and then the end: a character that is not finished`
    : `${hex.join(' ')} is not UTF-8`;
}

/** Whether the bytes from `start` on are the beginning of a character. */
function isBeginning(bytes: Uint8Array, start: number): boolean {
  return new Utf8Validator().push(bytes.subarray(start));
}
