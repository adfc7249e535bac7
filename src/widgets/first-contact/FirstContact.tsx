import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import { longerHeader } from '../../../lessons/challenges/longer-header.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { createEchoSocket } from '../bench/echo-socket.ts';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireView } from '../wire-view/WireView.tsx';
import { Costs } from './Costs.tsx';
import { OverheadGuess } from './OverheadGuess.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './first-contact.css';

const socket = createEchoSocket();

/** A first connection: open it, say something, see every byte that it costs, close it. */
export function FirstContact() {
  const table = useWireLog();
  const { session, log, replay, browserConnection } = table;
  const witness = useStore(socket.$witness);
  const witnesses = useMemo(() => (witness ? [witness] : []), [witness]);
  const [text, setText] = useState('hello');
  const echo = replay ? undefined : session.lab?.services['echo'];
  const readyState = witness?.socket.readyState;
  const open = readyState === WebSocket.OPEN;
  const connection = replay ? log.connections.at(-1) : browserConnection;

  return (
    <section className="bench first-contact not-content" aria-label="First contact">
      <SessionBar title="First contact" session={session} replay={replay} />
      <OverheadGuess connection={connection} />
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={echo === undefined || readyState === WebSocket.CONNECTING || open}
          onClick={() => {
            if (echo !== undefined) socket.connect(echo);
          }}
        >
          Open a connection
        </button>
        <form
          className="say"
          onSubmit={(event) => {
            event.preventDefault();
            socket.say(text);
          }}
        >
          <label>
            <span className="sr-only">Message</span>
            <input
              type="text"
              value={text}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => {
                setText(event.target.value);
              }}
            />
          </label>
          <button type="submit" className="bench-button" disabled={!open}>
            Send
          </button>
        </form>
        <button type="button" className="bench-button" disabled={!open} onClick={socket.disconnect}>
          Close
        </button>
      </div>
      <WireView table={table} witnesses={witnesses} />
      {connection && <Costs connection={connection} />}
      <ChallengeCard challenge={longerHeader} connections={replay ? [] : log.connections} />
    </section>
  );
}
