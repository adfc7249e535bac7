import { useState } from 'react';
import type { Frame } from '../../../protocol/frame.ts';
import { hexByte, printable } from '../../../ui/byte-text.ts';

/** Bytes that are shown at first, and how many more on each demand. */
const step = 32;

/** The masking of RFC 6455 §5.3, byte by byte: payload byte XOR a byte of the key is what stands on the wire. */
export function XorTable({ frame }: { frame: Frame }) {
  const [count, setCount] = useState(step);
  const [bits, setBits] = useState(false);
  const { maskingKey, payload, wirePayload } = frame;
  if (!maskingKey) return null;
  const write = (byte: number): string => (bits ? byte.toString(2).padStart(8, '0') : hexByte(byte));
  return (
    <div className="xor">
      <label className="check">
        <input
          type="checkbox"
          checked={bits}
          onChange={() => {
            setBits(!bits);
          }}
        />
        In bits
      </label>
      <table>
        <caption className="sr-only">The masking of the payload data, byte by byte</caption>
        <thead>
          <tr>
            <th scope="col">Byte</th>
            <th scope="col">Payload</th>
            <th scope="col">⊕ key [byte mod 4]</th>
            <th scope="col">= on the wire</th>
          </tr>
        </thead>
        <tbody>
          {[...payload.subarray(0, count)].map((byte, index) => (
            <tr key={index}>
              <th scope="row">{index}</th>
              <td>
                <code>{write(byte)}</code> <span className="xor-char">{printable(byte)}</span>
              </td>
              <td>
                <code>{write(maskingKey[index % 4] ?? 0)}</code>{' '}
                <span className="section">[{index % 4}]</span>
              </td>
              <td>
                <code>{write(wirePayload[index] ?? 0)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {payload.length > count && (
        <button
          type="button"
          className="bench-button quiet"
          onClick={() => {
            setCount(count + step);
          }}
        >
          {Math.min(step, payload.length - count)} more of {payload.length - count}
        </button>
      )}
    </div>
  );
}
