import { useStore } from '@nanostores/react';
import { useLayoutEffect, useRef } from 'react';
import { formatMs } from '../../ui/units.ts';
import { $deliveries, type Delivery } from './deliveries.ts';
import type { Line, PaneState } from './pane-state.ts';

/** What a client was told and said, oldest first. It follows its end unless somebody has scrolled back. */
export function PaneLines({
  state,
  onSayAgain,
}: {
  state: PaneState;
  onSayAgain: (clientId: string) => void;
}) {
  const deliveries = useStore($deliveries);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [state.lines]);
  return (
    <div
      className="chat-lines"
      role="log"
      aria-label={`What ${state.name} sees`}
      // A list that scrolls must be reachable for the arrow keys.
      // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
      tabIndex={0}
      ref={box}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 8;
      }}
    >
      {state.lines.map((line) => (
        <LineOf
          key={keyOf(line)}
          line={line}
          own={state.name}
          delivery={deliveryOf(line, deliveries)}
          onSayAgain={onSayAgain}
        />
      ))}
      {state.lines.length === 0 && <p className="panel-note">Nothing yet: join.</p>}
    </div>
  );
}

const keyOf = (line: Line): string => {
  if (line.kind === 'message') return `m${String(line.message.id)}`;
  return line.kind === 'pending' ? `p${line.clientId}` : `n${String(line.key)}`;
};

function LineOf({
  line,
  own,
  delivery,
  onSayAgain,
}: {
  line: Line;
  own: string;
  delivery: Delivery | undefined;
  onSayAgain: (clientId: string) => void;
}) {
  if (line.kind === 'note') {
    return (
      <p className="chat-note" data-error={line.isError}>
        {line.text}
        {line.times > 1 && <strong> ×{line.times}</strong>}
      </p>
    );
  }
  if (line.kind === 'message') {
    const { id, name, text } = line.message;
    return (
      <p className="chat-message" data-own={name === own}>
        <strong>{name}</strong> <span className="chat-text">{text}</span>{' '}
        <span className="chat-mark">
          {name === own ? `✓ stored as ${String(id)}${seenSays(delivery)}` : String(id)}
        </span>
      </p>
    );
  }
  return (
    <p className="chat-message" data-own="true" data-failed={line.failed !== undefined}>
      <strong>{own}</strong> <span className="chat-text">{line.text}</span>{' '}
      <span className="chat-mark">{pendingSays(line)}</span>
      {line.failed !== undefined && (
        <button
          type="button"
          className="bench-button quiet"
          onClick={() => {
            onSayAgain(line.clientId);
          }}
        >
          Send it again
        </button>
      )}
    </p>
  );
}

const deliveryOf = (line: Line, deliveries: readonly Delivery[]): Delivery | undefined =>
  line.kind === 'message' && line.message.clientId !== undefined
    ? deliveries.find(({ clientId }) => clientId === line.message.clientId)
    : undefined;

/** Only this page knows: both panes are on it. */
const seenSays = (delivery: Delivery | undefined): string =>
  delivery?.seen
    ? `, seen by ${delivery.seen.name} after ${formatMs(delivery.seen.at - delivery.sentAt)}`
    : '';

function pendingSays({ id, failed }: Line & { kind: 'pending' }): string {
  if (failed !== undefined) return `✗ ${failed}`;
  return id === undefined ? '… sending' : `✓ stored as ${String(id)}, on its way back`;
}
