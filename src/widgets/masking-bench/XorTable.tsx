import { useRef, type KeyboardEvent } from 'react';
import type { Frame } from '../../protocol/frame.ts';
import { hexByte, printable } from '../../ui/byte-text.ts';

export interface XorTableProps {
  frame: Frame;
  /** The byte of the payload that is lit. */
  lit: number | undefined;
  onLight: (index: number | undefined) => void;
}

/** Payload byte XOR key byte = wire byte, a column each; arrow keys walk the columns (RFC 6455 §5.3). */
export function XorTable({ frame, lit, onLight }: XorTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const { payload, wirePayload, maskingKey } = frame;
  const keyByte = (index: number): number => maskingKey?.[index % 4] ?? 0;

  const walk = (event: KeyboardEvent): void => {
    const next = targetOf(event.key, lit ?? 0, payload.length);
    if (next === undefined) return;
    event.preventDefault();
    box.current?.querySelectorAll<HTMLButtonElement>('button')[next]?.focus();
  };
  const cell = (index: number, byte: number) => (
    <td
      key={index}
      data-lit={index === lit || undefined}
      data-same-key={(lit !== undefined && index !== lit && index % 4 === lit % 4) || undefined}
      onPointerEnter={() => {
        onLight(index);
      }}
    >
      {hexByte(byte)}
    </td>
  );

  return (
    <div className="xor">
      <div
        className="xor-box"
        ref={box}
        onPointerLeave={() => {
          onLight(undefined);
        }}
      >
        <table>
          <caption className="sr-only">The chosen frame: each payload byte XOR a byte of the key</caption>
          <tbody>
            <tr>
              <th scope="row">Character</th>
              {[...payload].map((byte, index) => (
                <td key={index} data-lit={index === lit || undefined}>
                  <ByteButton
                    character={printable(byte)}
                    says={sentence(index, byte, keyByte(index), wirePayload[index] ?? 0)}
                    isStop={index === Math.min(lit ?? 0, payload.length - 1)}
                    onKey={walk}
                    onLight={() => {
                      onLight(index);
                    }}
                  />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">Your byte</th>
              {[...payload].map((byte, index) => cell(index, byte))}
            </tr>
            <tr>
              <th scope="row">⊕ key byte</th>
              {[...payload].map((_, index) => cell(index, keyByte(index)))}
            </tr>
            <tr className="xor-sum">
              <th scope="row">= on the wire</th>
              {[...wirePayload].map((byte, index) => cell(index, byte))}
            </tr>
          </tbody>
        </table>
      </div>
      <p className="xor-bits">
        {lit === undefined || lit >= payload.length
          ? 'Point at a column, or walk with the arrow keys.'
          : bitsOf(payload[lit] ?? 0, keyByte(lit), wirePayload[lit] ?? 0, lit)}
      </p>
    </div>
  );
}

interface ByteButtonProps {
  character: string;
  says: string;
  /** The one of the row that the Tab key stops at. */
  isStop: boolean;
  onKey: (event: KeyboardEvent) => void;
  onLight: () => void;
}

function ByteButton({ character, says, isStop, onKey, onLight }: ByteButtonProps) {
  return (
    <button
      type="button"
      tabIndex={isStop ? 0 : -1}
      aria-label={says}
      onKeyDown={onKey}
      onFocus={onLight}
      onPointerEnter={onLight}
      onClick={onLight}
    >
      {character}
    </button>
  );
}

const sentence = (index: number, byte: number, key: number, wire: number): string =>
  `Byte ${String(index + 1)}, ${printable(byte)}: ${hexByte(byte)} XOR ${hexByte(key)} is ${hexByte(wire)}`;

const bits = (byte: number): string =>
  byte
    .toString(2)
    .padStart(8, '0')
    .replace(/^(.{4})/, '$1 ');

const bitsOf = (byte: number, key: number, wire: number, index: number): string =>
  `Byte ${String(index + 1)}, key byte ${String((index % 4) + 1)}: ${bits(byte)} ⊕ ${bits(key)} = ${bits(wire)}`;

function targetOf(key: string, here: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return Math.min(here + 1, count - 1);
    case 'ArrowLeft':
      return Math.max(here - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
