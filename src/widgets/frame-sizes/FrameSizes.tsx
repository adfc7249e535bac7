import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { MessageCosts } from './MessageCosts.tsx';
import { sendBytes, sizesSocket } from './sizes-socket.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './frame-sizes.css';

/** On either side of each border between two forms of the payload length, and one that a browser cuts up. */
const sizes = [0, 125, 126, 65_535, 65_536, 200_000] as const;

/** More would have to wait in the browser and fill the log. */
const largest = 1_000_000;

/** Messages of chosen sizes over the browser's own socket, and what each cost on the wire, both ways. */
export function FrameSizes() {
  const table = useWireLog();
  const { session, log, replay, browserConnection } = table;
  const witness = useStore(sizesSocket.$witness);
  const witnesses = useMemo(() => (witness ? [witness] : []), [witness]);
  const [own, setOwn] = useState('1000');
  const echo = replay ? undefined : session.lab?.services['echo'];
  const isOpen = witness?.socket.readyState === WebSocket.OPEN;
  const connection = replay ? log.connections.at(-1) : browserConnection;
  return (
    <section className="bench frame-sizes not-content" aria-label="Frame sizes">
      <SessionBar title="Frame sizes" session={session} replay={replay} />
      <div className="panel-row" role="group" aria-label="Send a message of">
        <span className="panel-note">Send a message of</span>
        {sizes.map((size) => (
          <button
            key={size}
            type="button"
            className="bench-button"
            disabled={echo === undefined}
            onClick={() => {
              if (echo !== undefined) sendBytes(echo, size);
            }}
          >
            {size.toLocaleString('en')}
          </button>
        ))}
        <form
          className="own-size"
          onSubmit={(event) => {
            event.preventDefault();
            if (echo !== undefined) sendBytes(echo, Math.min(Number(own), largest));
          }}
        >
          <label>
            or{' '}
            <input
              type="number"
              min={0}
              max={largest}
              step={1}
              required
              value={own}
              onChange={({ target }) => {
                setOwn(target.value);
              }}
            />{' '}
            bytes
          </label>
          <button type="submit" className="bench-button" disabled={echo === undefined}>
            Send
          </button>
        </form>
        <button type="button" className="bench-button" disabled={!isOpen} onClick={sizesSocket.disconnect}>
          Close
        </button>
      </div>
      {connection && connection.frames.length > 0 ? (
        <MessageCosts connection={connection} />
      ) : (
        <p className="sizes-empty">
          Press a size. Your browser opens a connection and sends that many bytes as one binary message; the
          server sends them back. The table shows what both cost.
        </p>
      )}
      <WireDetails table={table} witnesses={witnesses} only={isByBrowser} />
    </section>
  );
}

/** The frame builder on the same page has a view of its own. */
const isByBrowser = ({ path }: Connection): boolean => path !== null;
