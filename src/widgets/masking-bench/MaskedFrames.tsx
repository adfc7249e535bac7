import { useState } from 'react';
import type { TimedFrame } from '../../derive/connection.ts';
import { hexByte } from '../../ui/byte-text.ts';
import { XorTable } from './XorTable.tsx';

/** Frames with the same text one below the other; the chosen one is taken apart byte by byte. */
export function MaskedFrames({ frames }: { frames: readonly TimedFrame[] }) {
  const [chosen, setChosen] = useState(0);
  const [lit, setLit] = useState<number>();
  const frame = frames[Math.min(chosen, frames.length - 1)];
  if (!frame) {
    return (
      <p className="masking-empty">
        Send the text. Its frames will appear here as they crossed the wire, with their keys.
      </p>
    );
  }
  return (
    <div className="masked-frames">
      <table>
        <caption className="sr-only">The last text frames of this browser</caption>
        <thead>
          <tr>
            <th scope="col">Frame</th>
            <th scope="col">Masking-key</th>
            <th scope="col">Payload on the wire</th>
          </tr>
        </thead>
        <tbody>
          {frames.map((each, row) => (
            <tr key={`${String(each.at)} ${String(each.index)}`} data-chosen={each === frame || undefined}>
              <th scope="row">
                <label>
                  <input
                    type="radio"
                    name="masked-frame"
                    checked={each === frame}
                    onChange={() => {
                      setChosen(row);
                    }}
                  />
                  {row + 1}
                </label>
              </th>
              <td>
                <Bytes
                  bytes={each.frame.maskingKey ?? new Uint8Array(0)}
                  lit={lit === undefined ? undefined : lit % 4}
                />
              </td>
              <td>
                <Bytes bytes={each.frame.wirePayload} lit={lit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <XorTable frame={frame.frame} lit={lit} onLight={setLit} />
    </div>
  );
}

function Bytes({ bytes, lit }: { bytes: Uint8Array; lit: number | undefined }) {
  return (
    <code className="byte-row">
      {[...bytes].map((byte, index) => (
        <span key={index} data-lit={index === lit || undefined}>
          {hexByte(byte)}
        </span>
      ))}
    </code>
  );
}
