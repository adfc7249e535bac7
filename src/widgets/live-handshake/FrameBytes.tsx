import type { Stream, TimedFrame } from '../../derive/connection.ts';
import { hexText } from '../../derive/hex-text.ts';
import { streamBytes } from '../../derive/stream-bytes.ts';
import type { ByteRange } from '../../protocol/byte-range.ts';
import { formatBytes } from '../../ui/units.ts';

export interface FrameBytesProps {
  /** What the side has sent, the frame in it. */
  stream: Stream;
  timed: TimedFrame;
  /** How long the eye is kept waiting for it, ms. */
  delayMs: number;
}

/** A frame as it stood on the wire, a box for each of its parts. */
export function FrameBytes({ stream, timed, delayMs }: FrameBytesProps) {
  const { fields, masked, payload, range } = timed.frame;
  const bytes = streamBytes(stream, timed.range);
  const hexOf = ({ start, end }: ByteRange): string =>
    hexText(bytes.subarray(start - range.start, end - range.start));
  const parts = [
    { id: 'header', name: 'header', hex: hexOf({ start: range.start, end: fields.length.end }) },
    ...(fields.maskingKey ? [{ id: 'key', name: 'masking-key', hex: hexOf(fields.maskingKey) }] : []),
    { id: 'payload', name: masked ? 'payload, masked' : 'payload', hex: hexOf(fields.payload) },
  ];
  return (
    <div className="live-frame" style={{ animationDelay: `${String(delayMs)}ms` }}>
      <p>
        “{new TextDecoder().decode(payload)}” in {formatBytes(bytes.length)}
      </p>
      <ol>
        {parts.map(({ id, name, hex }) => (
          <li key={id} data-part={id}>
            {hex}
            <span>{name}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
