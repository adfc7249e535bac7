import { useState } from 'react';
import { sandboxOrigin, socketAddress } from '../../lab/sandbox-origin.ts';
import { invitation } from '../../lab/shared-lab.ts';
import { CopyLine } from '../../ui/CopyLine.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import type { Room } from './chat-client.ts';
import { guestLines } from './guest-lines.ts';

const labels = guestLines('', '').map(({ label }) => ({ id: label, label }));

/** How others come into this room: a second tab, another machine, another client. */
export function GuestsPanel({ room, labId }: { room: Room | undefined; labId: string | undefined }) {
  const [client, setClient] = useState(labels[0]?.id ?? '');
  if (room === undefined || labId === undefined) {
    return <p className="panel-note">There is no room to join while the sandbox is away.</p>;
  }
  const address = invitation(location.href, labId);
  const messages = new URL(room.messages, sandboxOrigin()).href;
  const line = guestLines(socketAddress(room.chat), messages).find(({ label }) => label === client);
  return (
    <div className="panel">
      <div className="panel-row">
        <a className="bench-button" href={address} target="_blank" rel="noopener">
          Open a second tab in this room
        </a>
        <span className="panel-note">
          The lab’s id comes after the #, which a browser sends to no server. Whoever has the link has the
          key.
        </span>
      </div>
      <CopyLine label="Link" line={address} />
      <Tabs tabs={labels} selected={client} label="Another client" onSelect={setClient}>
        {line && (
          <div className="guest-line">
            <CopyLine key={client} label={line.label} line={line.line} />
            <p className="panel-note">{line.note}</p>
          </div>
        )}
      </Tabs>
    </div>
  );
}
