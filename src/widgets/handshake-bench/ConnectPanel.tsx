import { useStore } from '@nanostores/react';
import type { Connection } from '../../derive/connection.ts';
import { browserSocket, connect } from './bench-store.ts';
import type { ConnectOptions } from './connect-options.ts';
import { Prediction } from './Prediction.tsx';

export interface ConnectPanelProps {
  /** The path of the echo service; `undefined` while there is no sandbox. */
  echo: string | undefined;
  /** readyState of the browser's own socket. */
  readyState: number | undefined;
  options: ConnectOptions;
  /** The browser's last connection, for the answer to the prediction. */
  connection: Connection | undefined;
  onOptions: (options: ConnectOptions) => void;
}

/** Connect, disconnect, and what the script can choose about a connection. */
export function ConnectPanel({ echo, readyState, options, connection, onOptions }: ConnectPanelProps) {
  const error = useStore(browserSocket.$constructorError);
  const open = readyState === WebSocket.OPEN;
  return (
    <div className="panel">
      <Prediction connection={connection} />
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={echo === undefined || readyState === WebSocket.CONNECTING}
          onClick={() => {
            if (echo !== undefined) connect(echo, options);
          }}
        >
          {open ? 'Connect again' : 'Connect'}
        </button>
        <button type="button" className="bench-button" disabled={!open} onClick={browserSocket.disconnect}>
          Disconnect
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={!open}
          onClick={() => {
            browserSocket.say('hello');
          }}
        >
          Send &ldquo;hello&rdquo;
        </button>
      </div>
      <details className="options">
        <summary>Options: change something, connect again, and what differs on the wire is marked</summary>
        <div className="panel-options">
          <TextOption
            label="Subprotocols the script offers"
            placeholder="chat, superchat"
            value={options.subprotocols}
            onChange={(subprotocols) => {
              onOptions({ ...options, subprotocols });
            }}
          />
          <TextOption
            label="Subprotocols the server speaks"
            placeholder="chat"
            value={options.serverSubprotocols}
            onChange={(serverSubprotocols) => {
              onOptions({ ...options, serverSubprotocols });
            }}
          />
          <TextOption
            label="Query"
            placeholder="room=7"
            value={options.query}
            onChange={(query) => {
              onOptions({ ...options, query });
            }}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={options.deflate}
              onChange={(event) => {
                onOptions({ ...options, deflate: event.target.checked });
              }}
            />
            The server accepts compression
          </label>
        </div>
      </details>
      <p className="panel-error" role="alert">
        {error !== undefined && `The constructor threw before a byte was sent: ${error}`}
      </p>
    </div>
  );
}

interface TextOptionProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

function TextOption({ label, placeholder, value, onChange }: TextOptionProps) {
  return (
    <label className="text-option">
      {label}
      <input
        type="text"
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
