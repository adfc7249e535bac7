import { socketAddress } from '../../lab/sandbox-origin.ts';
import { CopyLine } from '../../ui/CopyLine.tsx';
import { clientLines } from '../bench/client-lines.ts';

const shown = ['curl', 'wscat', 'Node 22+'];

/** Lines to run in a terminal: whatever connects to this lab shows up in this bench. */
export function ClientsPanel({ echo }: { echo: string | undefined }) {
  if (echo === undefined)
    return <p className="panel">There is no lab to connect to while the sandbox is away.</p>;
  return (
    <div className="panel">
      <p className="panel-lead">
        Run one of these in a terminal of this computer. Its connection appears here like your
        browser&rsquo;s. <a href="/reference/your-own-client/">More clients, and a passport for each</a>.
      </p>
      {clientLines(socketAddress(echo))
        .filter(({ label }) => shown.includes(label))
        .map(({ label, line }) => (
          <CopyLine key={label} label={label} line={line} />
        ))}
    </div>
  );
}
