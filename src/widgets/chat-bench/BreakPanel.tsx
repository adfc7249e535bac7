import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { witnessSocket, type Testimony, type Witness } from '../../lab/witness.ts';
import { EventList } from '../message-bench/EventList.tsx';
import type { ChatClient, Room } from './chat-client.ts';
import { readAsHtml } from './markup.ts';

/** What a browser would run if a page showed this as HTML. It shows it as text. */
const markup = '<img src=x onerror="document.title = \'I was here\'">';

/** What is sent as it stands, past the form and its checks. */
const attempts: readonly { label: string; text: string; times?: number }[] = [
  {
    label: 'A message by another contract',
    text: '{"type":"message","content":"Hello!","recipient_id":2}',
  },
  { label: 'Not JSON', text: 'Hello Server!' },
  { label: 'An unknown type', text: '{"type":"dance"}' },
  { label: 'A text of 2,001 bytes', text: JSON.stringify({ type: 'message', text: 'x'.repeat(2001) }) },
  { label: '20 at once', text: '{"type":"message","text":"again"}', times: 20 },
  { label: '100 at once', text: '{"type":"message","text":"and again"}', times: 100 },
];

/** What goes wrong, sent on purpose over the socket of one pane; what its script sees stands beside it. */
export function BreakPanel({ client, room }: { client: ChatClient; room: Room | undefined }) {
  const { name, status, way } = useStore(client.$state);
  const own = useStore(client.$witness);
  const [guest, setGuest] = useState<Witness>();
  const [hasSentMarkup, setHasSentMarkup] = useState(false);
  const [begin, setBegin] = useState<{ socket: WebSocket | undefined; count: number }>({
    socket: undefined,
    count: 0,
  });
  const canSend = status === 'in' && way === 'socket';
  const shown = guest ?? own;
  // Only what followed the last button is of interest here.
  const from = guest || own?.socket !== begin.socket ? 0 : begin.count;
  const beginHere = (): void => {
    setGuest(undefined);
    setBegin({ socket: own?.socket, count: own?.testimonies.length ?? 0 });
  };
  return (
    <div className="panel break-panel">
      <div className="break-buttons">
        <p className="panel-note">
          {canSend
            ? `All of it goes over ${name}’s socket, exactly as it is.`
            : `Join as ${name} by socket first.`}
        </p>
        {attempts.map(({ label, text, times = 1 }) => (
          <button
            key={label}
            type="button"
            className="bench-button"
            disabled={!canSend}
            onClick={() => {
              beginHere();
              for (let count = 0; count < times; count++) client.sendRaw(text);
            }}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          className="bench-button"
          disabled={status !== 'in'}
          onClick={() => {
            beginHere();
            setHasSentMarkup(true);
            client.say(markup);
          }}
        >
          Markup with a script
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={!canSend || room === undefined}
          onClick={() => {
            if (room) setGuest(comeInAs(name.toUpperCase(), room, setGuest));
          }}
        >
          Come in as “{name.toUpperCase()}”
        </button>
        {hasSentMarkup && <MarkupReading />}
      </div>
      <EventList testimonies={withoutRepeats(shown?.testimonies.slice(from) ?? [])} />
    </div>
  );
}

/** Of the same thing many times in a row, the first. */
const withoutRepeats = (testimonies: readonly Testimony[]): Testimony[] =>
  testimonies.filter(
    ({ what, detail }, index) =>
      testimonies[index - 1]?.what !== what || testimonies[index - 1]?.detail !== detail,
  );

/** Another socket asks for a name that is taken. */
function comeInAs(name: string, room: Room, changed: (witness: Witness) => void): Witness {
  return witnessSocket(socketAddress(`${room.chat}?name=${encodeURIComponent(name)}`), [], changed);
}

/** What `innerHTML` would have made of the markup, read where nothing runs. */
function MarkupReading() {
  return (
    <div className="markup-reading" role="status">
      <p>Nothing happened: React made a text node of it. As HTML it would have been:</p>
      <ul>
        {readAsHtml(markup).map(({ tag, attributes, scripts }) => (
          <li key={tag}>
            an element <code>{tag}</code> with{' '}
            {attributes.map(({ name, value }) => `${name} = ${value}`).join(', ')}
            {scripts.length > 0 && (
              <>
                {' '}
                and so a script: <code>{scripts.join('; ')}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
