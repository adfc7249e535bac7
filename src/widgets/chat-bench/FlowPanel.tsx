import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { chatFlowOf, lastSentId, type FlowStep } from '../../derive/chat-flow.ts';
import { chatTalkOf } from '../../derive/chat-talk.ts';
import { formatMs } from '../../ui/units.ts';

/** So many early polls are listed; of the others only their number is told. */
const mostSteps = 24;

/** The way of the last message over the server to all who read it, drawn from the bytes in the wire log. */
export function FlowPanel({ connections }: { connections: readonly Connection[] }) {
  const flow = useMemo(() => {
    const talks = connections.flatMap((connection) => chatTalkOf(connection) ?? []);
    const id = lastSentId(talks);
    return id === undefined ? undefined : chatFlowOf(talks, id);
  }, [connections]);
  if (!flow) {
    return (
      <p className="panel-note">
        Nothing has been sent and acknowledged yet. Once it has, its way is shown here, step by step.
      </p>
    );
  }
  const { message, steps } = flow;
  const begin = steps[0]?.at ?? 0;
  const shown = steps.slice(0, mostSteps);
  return (
    <div className="chat-flow">
      <p>
        Message {message.id}, <strong className="delivery-text">{message.text}</strong>, by {message.name}.
        Every time is one at which bytes entered or left the link.
      </p>
      <div className="flow-lanes" aria-hidden="true">
        <span>from {message.name}</span>
        <span>over the server</span>
        <span>to who reads it</span>
      </div>
      <ol aria-label="The way of the last message">
        {shown.map((step, index) => (
          <li key={index} data-lane={step.lane}>
            <span className="flow-time">{formatMs(step.at - begin)}</span>
            <span className="flow-step">{stepSays(step, message.id)}</span>
            <span className="flow-conn">connection {step.conn}</span>
          </li>
        ))}
      </ol>
      {steps.length > shown.length && (
        <p className="panel-note">{steps.length - shown.length} more steps are not listed.</p>
      )}
    </div>
  );
}

function stepSays({ lane, what, who }: FlowStep, id: number): string {
  const reader = who ?? 'somebody who polls';
  switch (what) {
    case 'sends':
      return `${who ?? 'The sender'} sends`;
    case 'acknowledges':
      return `Server: it is stored as ${String(id)}`;
    case 'is told that it is stored':
      return `${who ?? 'The sender'} is told so`;
    case 'asks, too early':
      return `${reader} asks, too early`;
    case 'asks, and there is something':
      return `${reader} asks, and there is something`;
    case 'pushes':
      return `Server pushes to ${reader}`;
    case 'answers':
      return `Server answers ${reader}`;
    case 'has it':
      return `${lane === 'reader' ? reader : 'Somebody'} has it`;
  }
}
