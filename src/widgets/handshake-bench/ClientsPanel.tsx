import { sandboxOrigin, socketAddress } from '../../lab/sandbox-origin.ts';
import { CopyLine } from '../../ui/CopyLine.tsx';

/** Lines to run in a terminal: whatever connects to this lab shows up in this bench. */
export function ClientsPanel({ echo }: { echo: string | undefined }) {
  if (echo === undefined)
    return <p className="panel">There is no lab to connect to while the sandbox is away.</p>;
  const http = new URL(echo, sandboxOrigin()).href;
  const curl = [
    'curl -i -N --max-time 3 --http1.1',
    '-H "Connection: Upgrade" -H "Upgrade: websocket"',
    '-H "Sec-WebSocket-Version: 13" -H "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA=="',
    http,
  ].join(' ');
  const node = `node -e "new WebSocket('${socketAddress(echo)}').onopen = (e) => e.target.send('hello')"`;
  return (
    <div className="panel">
      <p className="panel-lead">
        Run one of these in a terminal of this computer. Its connection appears here like your
        browser&rsquo;s.
      </p>
      <CopyLine label="curl" line={curl} />
      <CopyLine label="wscat" line={`npx wscat -c ${socketAddress(echo)}`} />
      <CopyLine label="Node 22+" line={node} />
    </div>
  );
}
