import { partFrames } from '../../derive/frame-draft.ts';
import { FrameDecoder } from '../../protocol/decode-frame.ts';
import { describeFrame } from '../../protocol/describe-frame.ts';
import type { Frame } from '../../protocol/frame.ts';
import { formatBytes } from '../../ui/units.ts';

/** A frame in a line, without the rules that it breaks: those stand by themselves. */
export function frameLine(frame: Frame): string {
  const { payload, wirePayload, droppedBytes, fields } = frame;
  return describeFrame({ ...frame, payload, wirePayload, droppedBytes, fields, violations: [] });
}

/** What a receiver makes of bytes that were meant as one frame, in a line. */
export function lineOf(bytes: Uint8Array): string {
  const decoder = new FrameDecoder({ from: 'client' });
  const [first] = decoder.push(bytes);
  if (first) return frameLine(first);
  return bytes.length < 2
    ? `${formatBytes(bytes.length)}: no header yet`
    : `${formatBytes(bytes.length)} of a longer frame`;
}

/** The frames that these bytes are by their headers, where they are more than one. */
export function partsOf(bytes: Uint8Array): Uint8Array[] {
  const parts = partFrames(bytes);
  return parts.length > 1 ? parts : [];
}
