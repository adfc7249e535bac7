import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { hexText, parseHexText } from '../../derive/hex-text.ts';
import { encodeFrame } from '../../protocol/encode-frame.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { handNote } from '../bench/hand-client.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { WireOnDemand } from '../bench/WireOnDemand.tsx';
import { newMaskingKey } from '../frame-builder/masking-key.ts';
import { handClient } from './masking-store.ts';

/** A masking-key of 8 hex digits; `undefined` where it is none. */
function readKey(text: string): Uint8Array | undefined {
  const parsed = parseHexText(text, 4);
  return parsed.ok && parsed.value.length === 4 ? parsed.value : undefined;
}

/** A text frame of the learner's own making, masked with a key of their choice or not at all. */
export function HandPanel({ table }: { table: WireLogOnTable }) {
  const state = useStore(handClient.$state);
  const [text, setText] = useState('hello');
  const [masked, setMasked] = useState(false);
  const [keyText, setKeyText] = useState('37 fa 21 3d');
  const services = table.replay ? undefined : table.session.lab?.services;
  const raw = services?.['raw'];
  const echo = services?.['echo'];
  const key = readKey(keyText);
  const frame =
    masked && !key
      ? undefined
      : encodeFrame({ opcode: Opcode.text, payload: encodeUtf8(text), maskingKey: masked ? key : undefined });

  return (
    <div className="panel">
      <div className="panel-row">
        <TextOption label="Your text" value={text} onChange={setText} />
        <TextOption
          label="Masking-key, 8 hex digits"
          value={keyText}
          disabled={!masked}
          invalid={masked && !key}
          onChange={setKeyText}
        />
        <button
          type="button"
          className="bench-button quiet"
          disabled={!masked}
          onClick={() => {
            setKeyText(hexText(newMaskingKey()));
          }}
        >
          Draw a key
        </button>
        <label className="check">
          <input
            type="checkbox"
            checked={masked}
            onChange={(event) => {
              setMasked(event.target.checked);
            }}
          />
          Mask it
        </label>
      </div>
      <p className="hand-bytes">
        <span>The frame: </span>
        <code>
          {frame ? hexText(frame) : 'A masking-key is 4 bytes, so 8 hex digits: 0 to 9 and a to f.'}
        </code>
      </p>
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={!frame || raw === undefined || echo === undefined || state.stage === 'opening'}
          onClick={() => {
            if (frame && raw !== undefined && echo !== undefined) {
              void handClient.send(Uint8Array.from(frame), raw, echo);
            }
          }}
        >
          Send this frame to echo
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={state.stage !== 'open'}
          onClick={handClient.hangUp}
        >
          Hang up
        </button>
        <span className="panel-note" role="status">
          {handNote(state)}
        </span>
      </div>
      <WireOnDemand table={table} />
    </div>
  );
}

interface TextOptionProps {
  label: string;
  value: string;
  disabled?: boolean;
  invalid?: boolean;
  onChange: (value: string) => void;
}

function TextOption({ label, value, disabled = false, invalid = false, onChange }: TextOptionProps) {
  return (
    <label className="text-option">
      {label}
      <input
        type="text"
        value={value}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        aria-invalid={invalid}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
