import { useState } from 'react';
import type { MessageFault } from '../../contract/message-fault.ts';
import { faultWords } from '../../derive/condition-words.ts';
import { orderMessageFault } from '../../lab/lab-client.ts';
import type { ConditionsInHand } from './use-conditions.ts';

export interface MessageOnceProps {
  labId: string;
  attempt: ConditionsInHand['attempt'];
}

const faults = { drop: 'Drop', duplicate: 'Double', reorder: 'Let overtake' } as const;

/** A fault of the next message, once. */
export function MessageOnce({ labId, attempt }: MessageOnceProps) {
  const [from, setFrom] = useState<MessageFault['from']>('server');
  const [ordered, setOrdered] = useState<string>();
  return (
    <div className="message-once" role="group" aria-label="The next message only">
      <label>
        Only the next message of{' '}
        <select
          value={from}
          onChange={(event) => {
            setFrom(event.target.value === 'client' ? 'client' : 'server');
          }}
        >
          <option value="server">the server</option>
          <option value="client">the client</option>
        </select>
      </label>
      {(Object.keys(faults) as MessageFault['what'][]).map((what) => (
        <button
          key={what}
          type="button"
          className="bench-button quiet"
          onClick={() => {
            attempt(async () => {
              await orderMessageFault(labId, { what, from });
              setOrdered(faultWords({ message: { what, from } }));
            });
          }}
        >
          {faults[what]}
        </button>
      ))}
      <span className="condition-note message-ordered" role="status">
        {ordered !== undefined && `Ordered: ${ordered}.`}
      </span>
    </div>
  );
}
