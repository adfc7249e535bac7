import { useStore } from '@nanostores/react';
import { $bridge, hangUp, sendByHand, type BridgeState } from './bench-store.ts';
import { endsItsHead, requestPresets, type RequestText } from './request-text.ts';

export interface BreakPanelProps {
  /** The path of the raw bridge; `undefined` while there is no sandbox. */
  raw: string | undefined;
  text: RequestText;
  /** A legal request to start again from. */
  legal: () => RequestText;
  onText: (text: RequestText) => void;
}

/** The learner's own request, over the raw bridge: a browser's WebSocket cannot send an illegal one. */
export function BreakPanel({ raw, text, legal, onText }: BreakPanelProps) {
  const bridge = useStore($bridge);
  return (
    <div className="panel">
      <div className="panel-row" role="group" aria-label="Presets: each breaks a legal request in one place">
        <button
          type="button"
          className="bench-button quiet"
          onClick={() => {
            onText(legal());
          }}
        >
          Legal
        </button>
        {requestPresets.map(({ id, label, says, apply }) => (
          <button
            key={id}
            type="button"
            className="bench-button quiet"
            title={says}
            onClick={() => {
              onText(apply(legal()));
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <label className="request-editor">
        The request, to edit as you like. Each line end goes out as CR LF.
        <textarea
          value={text}
          rows={9}
          spellCheck={false}
          autoComplete="off"
          maxLength={8192}
          onChange={(event) => {
            onText(event.target.value);
          }}
        />
      </label>
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={raw === undefined || text === ''}
          onClick={() => {
            if (raw !== undefined) sendByHand(raw, text);
          }}
        >
          Send these bytes
        </button>
        <button type="button" className="bench-button" disabled={bridge.stage !== 'open'} onClick={hangUp}>
          Hang up
        </button>
        <span className="panel-note" role="status">
          {bridgeNote(bridge, endsItsHead(text))}
        </span>
      </div>
    </div>
  );
}

function bridgeNote(bridge: BridgeState, ends: boolean): string {
  if (!ends)
    return 'There is no empty line at the end: the server will wait for more, until it gives up with 408.';
  switch (bridge.stage) {
    case 'idle':
      return '';
    case 'opening':
      return 'Opening a TCP connection …';
    case 'open':
      return 'Sent. The TCP connection is open.';
    case 'ended':
      return `The TCP connection has ended: ${bridge.reason}.`;
  }
}
