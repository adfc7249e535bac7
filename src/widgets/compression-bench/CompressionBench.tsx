import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import { windowKept } from '../../../lessons/challenges/window-kept.ts';
import { messageWeights } from '../../derive/message-weights.ts';
import type { Connection } from '../../derive/connection.ts';
import { fieldValues } from '../../protocol/read-head.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { isOpenTo } from '../bench/echo-socket.ts';
import { Press } from '../../ui/Press.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { compressionSocket, guessSecret, priceMessage } from './compression-socket.ts';
import { GuessPanel } from './GuessPanel.tsx';
import { WeightTable } from './WeightTable.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './compression-bench.css';

const ways = [
  { query: '?deflate=1', name: 'with context takeover' },
  { query: '?deflate=no-takeover', name: 'without context takeover' },
  { query: '', name: 'no compression' },
] as const;

/** Messages over a compressed connection: what was agreed, what each weighed, and what the lengths give away. */
export function CompressionBench() {
  const table = useWireLog();
  const { session, log, replay, browserConnection } = table;
  const witness = useStore(compressionSocket.$witness);
  const witnesses = useMemo(() => (witness ? [witness] : []), [witness]);
  const [query, setQuery] = useState<string>(ways[0].query);
  const echo = replay ? undefined : session.lab?.services['echo'];
  const isOpen = isOpenTo(witness, echo);
  const connection = replay ? log.connections.at(-1) : browserConnection;
  const weights = useMemo(() => (connection ? messageWeights(connection) : []), [connection]);
  return (
    <section className="bench compression-bench not-content" aria-label="Compression bench">
      <SessionBar title="Compression bench" session={session} replay={replay} />
      <fieldset className="troubles">
        <legend>The server agrees to permessage-deflate</legend>
        {ways.map((way) => (
          <label key={way.query}>
            <input
              type="radio"
              name="compression-way"
              checked={query === way.query}
              onChange={() => {
                setQuery(way.query);
              }}
            />
            {way.name}
          </label>
        ))}
      </fieldset>
      <div className="panel-row" role="group" aria-label="What to do">
        <button
          type="button"
          className="bench-button primary"
          disabled={echo === undefined}
          onClick={() => {
            if (echo !== undefined) compressionSocket.connect(echo + query);
          }}
        >
          Connect
        </button>
        <Press label="Send the JSON" disabled={!isOpen} onPress={() => sendPrices(1)} />
        <Press label="Send it five times" disabled={!isOpen} onPress={() => sendPrices(5)} />
        <Press label="Guess the secret" disabled={!isOpen} onPress={guessSecret} />
        <Press label="Close" disabled={!isOpen} onPress={compressionSocket.disconnect} />
      </div>
      <Negotiation connection={connection} />
      <div className="compression-pair">
        <WeightTable weights={weights} />
        <GuessPanel weights={weights} />
      </div>
      <ChallengeCard challenge={windowKept} connections={replay ? [] : log.connections} />
      <WireDetails table={table} witnesses={witnesses} />
    </section>
  );
}

function sendPrices(times: number): void {
  for (let sent = 0; sent < times; sent++) compressionSocket.say(priceMessage);
}

/** The two header fields of the handshake that decide, as they crossed the wire. */
function Negotiation({ connection }: { connection: Connection | undefined }) {
  const name = 'Sec-WebSocket-Extensions';
  const offered = connection?.request ? fieldValues(connection.request, name).join(', ') : '';
  const agreed = connection?.response ? fieldValues(connection.response, name).join(', ') : '';
  return (
    <dl className="negotiation">
      <dt>Offered by the client</dt>
      <dd>{offered === '' ? 'nothing' : <code>{offered}</code>}</dd>
      <dt>Agreed by the server</dt>
      <dd>{agreed === '' ? 'nothing' : <code>{agreed}</code>}</dd>
    </dl>
  );
}
