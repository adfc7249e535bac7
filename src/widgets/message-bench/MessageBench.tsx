import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import { twoKinds } from '../../../lessons/challenges/two-kinds.ts';
import type { Testimony } from '../../lab/witness.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { isOpenTo } from '../bench/echo-socket.ts';
import { Press } from '../../ui/Press.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { Compose } from './Compose.tsx';
import { EventList } from './EventList.tsx';
import { chooseBinaryType, messageSocket, send, sendAfterClose, sendBeforeOpen } from './message-socket.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './message-bench.css';

const binaryTypes = ['blob', 'arraybuffer'] as const;

/** Messages of every kind over the page's own socket: what the script saw, beside what crossed the wire. */
export function MessageBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const witness = useStore(messageSocket.$witness);
  const witnesses = useMemo(() => (witness ? [witness] : []), [witness]);
  const [binaryType, setBinaryType] = useState<BinaryType>('blob');
  const echo = replay ? undefined : session.lab?.services['echo'];
  const isOpen = isOpenTo(witness, echo);
  const choose = (type: BinaryType): void => {
    setBinaryType(type);
    chooseBinaryType(type);
  };
  const connected = (act: (path: string) => void) => (): void => {
    if (echo === undefined) return;
    act(echo);
    chooseBinaryType(binaryType);
  };
  return (
    <section className="bench message-bench not-content" aria-label="Message bench">
      <SessionBar title="Message bench" session={session} replay={replay} />
      <div className="panel-row" role="group" aria-label="The connection">
        <Press
          primary
          label="Connect"
          disabled={echo === undefined}
          onPress={connected(messageSocket.connect)}
        />
        <Press label="Close" disabled={!isOpen} onPress={messageSocket.disconnect} />
        <Press label="Send before open" disabled={echo === undefined} onPress={connected(sendBeforeOpen)} />
        <Press label="Send after close" disabled={witness === undefined} onPress={sendAfterClose} />
      </div>
      <ConditionsPanel labId={replay ? undefined : session.lab?.id} conditions={log.conditions} />
      <fieldset className="guesses">
        <legend>binaryType</legend>
        {binaryTypes.map((type) => (
          <label key={type}>
            <input
              type="radio"
              name="binary-type"
              checked={binaryType === type}
              onChange={() => {
                choose(type);
              }}
            />
            {type}
          </label>
        ))}
      </fieldset>
      <div className="message-pair">
        <Compose disabled={!isOpen} onSend={send} />
        <EventList testimonies={witness?.testimonies ?? []} />
      </div>
      <p className="panel-note send-verdict" role="status">
        {lastSendSays(witness?.testimonies ?? [])}
      </p>
      <ChallengeCard challenge={twoKinds} connections={replay ? [] : log.connections} />
      <WireDetails table={table} witnesses={witnesses} />
    </section>
  );
}

/** What the browser said to the last `send()`. */
function lastSendSays(testimonies: readonly Testimony[]): string {
  const last = testimonies.findLast(({ what }) => what === 'send()');
  if (!last) return 'Nothing has been sent on this connection yet.';
  if (last.threw !== undefined) return `The last send() ${last.detail}`;
  return last.readyState === WebSocket.OPEN
    ? 'The last send() returned. That says “taken”, not “arrived”.'
    : `The last send() threw nothing and sent nothing: ${last.detail}.`;
}
