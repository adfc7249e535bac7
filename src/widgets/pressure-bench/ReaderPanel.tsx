import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { slowPolicies, type SlowPolicy } from '../../contract/readers.ts';
import { Press } from '../../ui/Press.tsx';
import { PressureChart, shortBytes } from './PressureChart.tsx';
import { $readerRun, flood, runReaders, type ReaderRun, type SlowOne } from './reader-store.ts';

/** What each policy does, in words. */
const policyWords: Record<SlowPolicy, string> = {
  none: 'none: keep everything',
  drop: 'drop what is new',
  coalesce: 'keep the newest only',
  disconnect: 'disconnect',
};

/** Clients that never read: what does the server hold for each of them? */
export function ReaderPanel({ labId, stream }: { labId: string | undefined; stream: string | undefined }) {
  const run = useStore($readerRun);
  const [chosen, setChosen] = useState<readonly SlowPolicy[]>(slowPolicies);
  const [problem, setProblem] = useState('');
  const isRunning = run?.phase === 'running';
  const readers = run?.readers ?? [];
  return (
    <div className="panel">
      <p className="panel-lead">
        {`The server sends ${String(1000 / flood.everyMs)} messages of ${shortBytes(flood.size)} a second. Bots of the sandbox, real clients, read none of them for ${String(flood.stallMs / 1000)} seconds, and then all there is. Your page hears the same stream, in small messages.`}
      </p>
      <fieldset className="troubles">
        <legend>What does the server do for a client that does not read?</legend>
        {slowPolicies.map((policy) => (
          <label key={policy}>
            <input
              type="checkbox"
              checked={chosen.includes(policy)}
              onChange={({ target }) => {
                setChosen(
                  slowPolicies.filter((one) => (one === policy ? target.checked : chosen.includes(one))),
                );
              }}
            />
            {policyWords[policy]}
          </label>
        ))}
      </fieldset>
      <div className="panel-row">
        <Press
          primary
          label="Bring in the slow readers"
          disabled={labId === undefined || stream === undefined || isRunning || chosen.length === 0}
          onPress={() => {
            if (labId === undefined || stream === undefined) return;
            setProblem('');
            runReaders(chosen, labId, stream).catch((error: unknown) => {
              setProblem(error instanceof Error ? error.message : String(error));
            });
          }}
        />
        <span className="panel-note" role="status">
          {run ? statusWords(run) : ''}
        </span>
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <PressureChart
        title="Bytes that the server holds for each"
        lines={(readers.length > 0 ? readers : chosen.map(notYet)).map(({ slow, samples }) => ({
          name: policyWords[slow],
          look: slowPolicies.indexOf(slow) + 1,
          samples,
        }))}
        bounds={[
          { label: '1 MiB: a policy begins', bytes: 1_048_576 },
          { label: '4 MiB: the sandbox’s own bound', bytes: 4_194_304 },
        ]}
      />
      <ReaderTable readers={readers.length > 0 ? readers : chosen.map(notYet)} own={run?.own} />
    </div>
  );
}

const notYet = (slow: SlowPolicy): SlowOne => ({ slow, held: undefined, bot: undefined, samples: [] });

const statusWords = ({ phase, readers }: ReaderRun): string => {
  if (phase === 'over') return 'over';
  return readers.some(({ bot }) => bot?.phase === 'reading') ? 'they read again …' : 'they do not read …';
};

const headings = ['The server holds', 'At most', 'Sent', 'Not sent', 'It read; missed', 'Its end'];

function ReaderTable({ readers, own }: { readers: readonly SlowOne[]; own: ReaderRun['own'] | undefined }) {
  return (
    <table className="reader-table" aria-label="What the server did for each, and what each has read">
      <thead>
        <tr>
          <th scope="col">Client</th>
          {headings.map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {readers.map(({ slow, held, bot }) => (
          <Row
            key={slow}
            name={policyWords[slow]}
            cells={[
              held ? shortBytes(held.bufferedBytes) : '–',
              held ? shortBytes(held.peakBufferedBytes) : '–',
              held ? String(held.sent) : '–',
              held ? String(held.dropped + held.replaced) : '–',
              bot ? `${String(bot.messages)}; ${String(bot.missed)}` : '–',
              endOf(held?.isOpen, bot?.closeCode),
            ]}
          />
        ))}
        <Row
          name="your page, which reads"
          cells={['–', '–', '–', '–', own ? readAndMissed(own) : '–', own ? 'none' : '–']}
        />
      </tbody>
    </table>
  );
}

const readAndMissed = ({ messages, first, newest }: ReaderRun['own']): string =>
  `${String(messages)}; ${String(messages === 0 ? 0 : newest - first + 1 - messages)}`;

function endOf(isOpen: boolean | undefined, closeCode: number | null | undefined): string {
  if (isOpen === undefined) return '–';
  const told =
    closeCode === null || closeCode === undefined ? 'does not know yet' : `heard ${String(closeCode)}`;
  return isOpen ? 'none' : `ended; it ${told}`;
}

function Row({ name, cells }: { name: string; cells: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((cell, index) => (
        <td key={headings[index]} data-label={headings[index]}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
