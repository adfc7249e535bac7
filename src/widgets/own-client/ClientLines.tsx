import { useState } from 'react';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { CopyLine } from '../../ui/CopyLine.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { clientLines } from '../bench/client-lines.ts';

const heartbeats = [
  { ms: 0, label: 'never by itself' },
  { ms: 5000, label: 'every 5 s' },
  { ms: 30_000, label: 'every 30 s' },
] as const;

const labels = clientLines('').map(({ label }) => ({ id: label, label }));

/** The address of the lab's echo, how it shall behave, and a ready line for each client. */
export function ClientLines({ echo }: { echo: string | undefined }) {
  const [deflate, setDeflate] = useState(false);
  const [heartbeatMs, setHeartbeatMs] = useState(0);
  const [client, setClient] = useState('curl');
  if (echo === undefined)
    return <p className="own-lines">There is no lab to connect to while the sandbox is away.</p>;
  const query = [deflate && 'deflate=1', heartbeatMs > 0 && `heartbeat=${String(heartbeatMs)}`]
    .filter((part) => part !== false)
    .join('&');
  const address = socketAddress(query === '' ? echo : `${echo}?${query}`);
  const line = clientLines(address).find(({ label }) => label === client);
  return (
    <div className="own-lines">
      <CopyLine label="Address" line={address} />
      <div className="panel-row">
        <label className="select-option">
          It pings{' '}
          <select
            value={heartbeatMs}
            onChange={(event) => {
              setHeartbeatMs(Number(event.target.value));
            }}
          >
            {heartbeats.map(({ ms, label }) => (
              <option key={ms} value={ms}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={deflate}
            onChange={(event) => {
              setDeflate(event.target.checked);
            }}
          />
          It agrees to compression
        </label>
      </div>
      <Tabs tabs={labels} selected={client} label="Your client" onSelect={setClient}>
        {line && (
          <div className="own-line">
            <CopyLine key={client} label={line.label} line={line.line} />
            <p className="panel-note">{line.note}</p>
          </div>
        )}
      </Tabs>
    </div>
  );
}
