import type { AnatomyField } from '../../../derive/frame-anatomy.ts';

/** The bytes of its frame in which a field stands; the flags share theirs. */
export function bytesOf({ startBit, bitLength }: AnatomyField): { start: number; end: number } {
  return { start: startBit >> 3, end: Math.ceil((startBit + bitLength) / 8) };
}

/** The field that a byte of the frame belongs to; of those that share a byte, the widest. */
export function fieldAt(fields: readonly AnatomyField[], offset: number): AnatomyField | undefined {
  const here = fields.filter((field) => {
    const { start, end } = bytesOf(field);
    return offset >= start && offset < end;
  });
  return here.toSorted((one, other) => other.bitLength - one.bitLength)[0];
}
