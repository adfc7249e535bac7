import { useStore } from '@nanostores/react';
import { useEffect, useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { heartbeatOf } from '../../derive/heartbeat.ts';
import { isOpenTo } from '../bench/echo-socket.ts';
import { $block, $talking, block, blockMs, browserSocket, talk } from './ping-store.ts';
import { ScriptFacts, WireFacts } from './PulseFacts.tsx';
import { PulseStrip } from './PulseStrip.tsx';

export interface BeatPanelProps {
  /** The path of the echo service; `undefined` while there is no sandbox. */
  echo: string | undefined;
  /** The browser's newest connection. */
  connection: Connection | undefined;
}

/** How often the server pings, ms. */
const heartbeatMs = 500;

/** The server pings the browser's own connection; the page may hang meanwhile. */
export function BeatPanel({ echo, connection }: BeatPanelProps) {
  const witness = useStore(browserSocket.$witness);
  const talking = useStore($talking);
  const blocked = useStore($block);
  const heartbeat = useMemo(() => connection && heartbeatOf(connection), [connection]);
  const isOpen = isOpenTo(witness, echo);

  useEffect(
    () => () => {
      talk(false);
    },
    [],
  );

  return (
    <div className="panel">
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={echo === undefined || isOpen}
          onClick={() => {
            if (echo !== undefined) browserSocket.connect(`${echo}?heartbeat=${String(heartbeatMs)}`);
          }}
        >
          Connect to a server that pings
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={!isOpen}
          onClick={() => {
            talk(false);
            browserSocket.disconnect();
          }}
        >
          Disconnect
        </button>
        <span className="imposed">It pings every {heartbeatMs} ms, as asked by ?heartbeat</span>
      </div>
      <div className="panel-row">
        <label className="check">
          <input
            type="checkbox"
            checked={talking}
            disabled={!isOpen}
            onChange={(event) => {
              talk(event.target.checked);
            }}
          />
          The page sends a message every 250 ms
        </label>
        <button type="button" className="bench-button" disabled={!isOpen} onClick={block}>
          Hang this page for {blockMs / 1000} s
        </button>
        <span className="panel-note hang-note" role="status">
          {blockNote(blocked)}
        </span>
      </div>
      {connection && heartbeat ? (
        <PulseStrip connection={connection} heartbeat={heartbeat} />
      ) : (
        <p className="pulse pulse-empty">Connect, and every ping and pong will appear here.</p>
      )}
      <div className="pulse-both">
        <WireFacts heartbeat={heartbeat} />
        <ScriptFacts testimonies={connection ? (witness?.testimonies ?? []) : []} />
      </div>
    </div>
  );
}

function blockNote(blocked: 'no' | 'blocked' | 'over'): string {
  switch (blocked) {
    case 'no':
      return '';
    case 'blocked':
      return 'This page hangs now. Try to scroll, or to press something.';
    case 'over':
      return 'The page is back. Look at the lanes: which of them has a hole?';
  }
}
