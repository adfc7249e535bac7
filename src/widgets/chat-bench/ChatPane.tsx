import { useStore } from '@nanostores/react';
import { useId, useState } from 'react';
import { parseChatName, parseUtterance } from '../../contract/chat.ts';
import type { ChatClient, Room } from './chat-client.ts';
import type { PaneState, Way } from './pane-state.ts';
import { PaneLines } from './PaneLines.tsx';

const ways: readonly { id: Way; label: string }[] = [
  { id: 'socket', label: 'socket' },
  { id: 'polling', label: 'polling' },
];

/** How often a client may poll, ms. */
const pollEvery = [500, 1000, 3000, 10_000];

/** One client of the chat: its name, its way, what it was told, and what it says. */
export function ChatPane({
  client,
  letter,
  room,
}: {
  client: ChatClient;
  /** `A` or `B`. */
  letter: string;
  /** Where the room is; `undefined` while there is no sandbox. */
  room: Room | undefined;
}) {
  const state = useStore(client.$state);
  const { name, status } = state;
  const isOut = status === 'out';
  const problem = nameProblem(name);
  return (
    <section className="chat-pane" aria-label={`Pane ${letter}: ${name}`}>
      <div className="chat-who">
        <label>
          <span className="sr-only">Name in pane {letter}</span>
          <input
            type="text"
            value={name}
            readOnly={!isOut}
            autoComplete="off"
            aria-invalid={problem !== undefined}
            onChange={(event) => {
              client.choose({ name: event.target.value });
            }}
          />
        </label>
        <span className="chat-status" data-in={status === 'in'}>
          {statusSays(state)}
        </span>
        <button
          type="button"
          className={`bench-button ${isOut ? 'primary' : ''}`}
          disabled={room === undefined || (isOut && problem !== undefined)}
          onClick={() => {
            if (!isOut) client.leave();
            else if (room) client.join(room);
          }}
        >
          {isOut ? (state.lines.length > 0 ? 'Rejoin' : 'Join') : 'Leave'}
          <span className="sr-only"> as {name}</span>
        </button>
      </div>
      <WayChoice client={client} state={state} letter={letter} />
      <PaneLines state={state} onSayAgain={(clientId) => client.sayAgain(clientId)} />
      <p className="chat-typing" aria-live="polite">
        {problem ?? whoSays(state)}
      </p>
      <SayForm client={client} isIn={status === 'in'} name={name} />
    </section>
  );
}

function statusSays({ status, way }: PaneState): string {
  if (status === 'out') return 'not in the room';
  if (status === 'joining') return 'coming in …';
  return way === 'socket' ? 'in the room' : 'polls the room';
}

function whoSays({ typing, members, missing }: PaneState): string {
  if (missing.length > 0) {
    return `Message ${missing.slice(0, 5).join(', ')} has not come. Leave and rejoin: the history has it.`;
  }
  if (typing.length > 0) return `${typing.join(', ')} ${typing.length > 1 ? 'are' : 'is'} typing …`;
  return members.length > 0 ? `Also here: ${members.join(', ')}` : '';
}

function nameProblem(name: string): string | undefined {
  const parsed = parseChatName(name);
  return parsed.ok ? undefined : `Name: ${parsed.message}`;
}

function WayChoice({ client, state, letter }: { client: ChatClient; state: PaneState; letter: string }) {
  const group = useId();
  return (
    <fieldset className="chat-way">
      <legend className="sr-only">How pane {letter} hears of messages</legend>
      {ways.map(({ id, label }) => (
        <label key={id}>
          <input
            type="radio"
            name={group}
            checked={state.way === id}
            onChange={() => {
              client.choose({ way: id });
            }}
          />
          {label}
        </label>
      ))}
      <label className="select-option">
        every{' '}
        <select
          value={state.pollMs}
          disabled={state.way !== 'polling'}
          aria-label={`Pane ${letter} polls every`}
          onChange={(event) => {
            client.choose({ pollMs: Number(event.target.value) });
          }}
        >
          {pollEvery.map((ms) => (
            <option key={ms} value={ms}>
              {ms / 1000} s
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

function SayForm({ client, isIn, name }: { client: ChatClient; isIn: boolean; name: string }) {
  const [text, setText] = useState('');
  const utterance = parseUtterance({ text });
  const tooLong = text.trim() !== '' && !utterance.ok ? utterance.message : '';
  return (
    <form
      className="chat-say"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isIn || !utterance.ok) return;
        client.say(text);
        setText('');
      }}
    >
      <input
        type="text"
        aria-label={`${name} says`}
        placeholder={isIn ? 'Say something' : 'Join first'}
        autoComplete="off"
        value={text}
        disabled={!isIn}
        onChange={(event) => {
          setText(event.target.value);
          client.typing();
        }}
      />
      <button type="submit" className="bench-button" disabled={!isIn || !utterance.ok}>
        Send<span className="sr-only"> as {name}</span>
      </button>
      {tooLong !== '' && (
        <p className="panel-error" role="alert">
          Text: {tooLong}
        </p>
      )}
    </form>
  );
}
