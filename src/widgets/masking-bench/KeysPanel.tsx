import { useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { maskedFrames } from '../../derive/masking-keys.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { sendTimes } from './masking-store.ts';
import { KeyCensus } from './KeyCensus.tsx';
import { MaskedFrames } from './MaskedFrames.tsx';

export interface KeysPanelProps {
  /** The path of the echo service; `undefined` while there is no sandbox. */
  echo: string | undefined;
  /** The connections that this browser opened. */
  connections: readonly Connection[];
}

/** The same text three times from the browser's own socket: three keys, three payloads, and the XOR byte by byte. */
export function KeysPanel({ echo, connections }: KeysPanelProps) {
  const [text, setText] = useState('the same text');
  const send = (times: number): void => {
    if (echo !== undefined) sendTimes(echo, text, times);
  };
  const texts = useMemo(
    () => maskedFrames(connections).filter(({ frame }) => frame.opcode === Opcode.text),
    [connections],
  );

  return (
    <div className="panel">
      <div className="panel-row">
        <label className="text-option">
          Your text
          <input
            type="text"
            value={text}
            maxLength={24}
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </label>
        <button
          type="button"
          className="bench-button primary"
          disabled={echo === undefined || text === ''}
          onClick={() => {
            send(3);
          }}
        >
          Send it three times
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={echo === undefined || text === ''}
          onClick={() => {
            send(100);
          }}
        >
          Send it 100 times
        </button>
      </div>
      <div className="keys-stage">
        <MaskedFrames frames={texts.slice(-3)} />
        <KeyCensus connections={connections} />
      </div>
    </div>
  );
}
