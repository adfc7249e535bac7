import { useId, useState } from 'react';
import { CopyLink } from './CopyLink.tsx';
import { fragmentOf } from './report-address.ts';
import { reportRows } from './report-rows.ts';
import type { ReportSide } from './report.ts';
import type { KeptReport, ReportsInHand } from './use-reports.ts';
import './reports.css';

/** One report or two side by side, the link to the left one, and a place for the address of another. */
export function Reports({ reports, take }: ReportsInHand) {
  const [chosen, setChosen] = useState<{ left?: number; right?: number }>({});
  const find = (id: number | undefined, otherwise: KeptReport | undefined): KeptReport | undefined =>
    reports.find((kept) => kept.id === id) ?? otherwise;
  const left = find(chosen.left, reports.at(-1));
  const right = find(
    chosen.right,
    reports.findLast((kept) => kept.id !== left?.id),
  );
  return (
    <div className="lab-reports">
      {left ? (
        <>
          <div className="panel-row">
            <CopyLink fragment={fragmentOf(left.report)} />
          </div>
          <Compared
            left={left}
            right={right}
            reports={reports}
            onChoose={(side, id) => {
              setChosen({ ...chosen, [side]: id });
            }}
          />
        </>
      ) : (
        <p className="panel-note">
          When a run ends, this shows how it was set up and what came of it, with a link to keep or to send.
          Two reports can be laid side by side.
        </p>
      )}
      <PasteLink take={take} />
    </div>
  );
}

interface ComparedProps {
  left: KeptReport;
  right: KeptReport | undefined;
  reports: readonly KeptReport[];
  onChoose: (side: 'left' | 'right', id: number) => void;
}

/** One report or two, row by row; where they differ, the row says so. */
function Compared({ left, right, reports, onChoose }: ComparedProps) {
  const rows = reportRows(left.report, right?.report);
  const choice = (side: 'left' | 'right', kept: KeptReport) => (
    <select
      aria-label={side === 'left' ? 'The report on the left' : 'The report on the right'}
      value={kept.id}
      onChange={(event) => {
        onChoose(side, Number(event.target.value));
      }}
    >
      {reports.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
  return (
    <table className="report-table">
      <thead>
        <tr>
          <td />
          <th scope="col">{choice('left', left)}</th>
          {right && <th scope="col">{choice('right', right)}</th>}
        </tr>
      </thead>
      <tbody>
        {(['client', 'server'] as const).map((side) => (
          <tr key={side}>
            <th scope="row">{side === 'client' ? 'Page to server' : 'Server to page'}</th>
            <td>
              <Strip side={left.report[side]} />
            </td>
            {right && (
              <td>
                <Strip side={right.report[side]} />
              </td>
            )}
          </tr>
        ))}
        {rows.map(({ name, left: mine, right: other, differs }) => (
          <tr key={name} data-differs={differs}>
            <th scope="row">
              {name}
              {differs && <span className="sr-only"> (differs)</span>}
            </th>
            <td>{mine}</td>
            {right && <td>{other}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All messages of a direction as one strip, in the order of sending. */
function Strip({ side }: { side: ReportSide }) {
  return (
    <span className="report-strip" aria-hidden="true">
      {side.fates.map(({ fate, count }, index) => (
        <span key={index} className="ledger-cell" data-fate={fate} style={{ flexGrow: count }} />
      ))}
    </span>
  );
}

function PasteLink({ take }: Pick<ReportsInHand, 'take'>) {
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  return (
    <form
      className="panel-row paste-link"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = take(text);
        setProblem(wrong);
        if (wrong === undefined) setText('');
      }}
    >
      <label htmlFor={id}>The address of another report</label>
      <input
        id={id}
        type="text"
        value={text}
        aria-invalid={problem !== undefined}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <button type="submit" className="bench-button quiet">
        Lay it beside
      </button>
      <p className="panel-error" role="alert">
        {problem}
      </p>
    </form>
  );
}
