import { lazy, Suspense, useState } from 'react';
import type { LedgerTotals } from '../../derive/message-fate.ts';
import { useOpenDetails } from '../../ui/use-open-details.ts';
import type { KeptReport, ReportsInHand } from './use-reports.ts';
import { untilLoaded } from '../../ui/until-loaded.ts';

/** Nobody needs its code before there is a report to read. */
const Reports = lazy(async () => ({ default: (await untilLoaded(() => import('./Reports.tsx'))).Reports }));

/**
 * The report of a run, and beside it another one: of the run before, or of an address that somebody sent. It stands
 * behind a line that says the gist, so that nothing moves when a run ends.
 */
export function ReportPanel(props: ReportsInHand & { addressProblem: string | undefined }) {
  const { reports, addressProblem } = props;
  const last = reports.at(-1);
  const { isOpen, setIsOpen, details } = useOpenDetails();
  const [shown, setShown] = useState<number>();
  // Whoever follows a link to a report wants to see it.
  if (last?.isLinked === true && last.id !== shown) {
    setShown(last.id);
    setIsOpen(true);
  }
  return (
    <details className="lab-report" open={isOpen} {...details}>
      <summary>
        <strong>Report</strong>{' '}
        <span className="panel-note">{last ? gistOf(last) : 'none yet: run something'}</span>
      </summary>
      <p className="panel-error" role="alert">
        {addressProblem}
      </p>
      {isOpen && (
        <Suspense fallback={<p className="panel-note">Loading the report …</p>}>
          <Reports {...props} />
        </Suspense>
      )}
    </details>
  );
}

/** A report in a line. */
function gistOf({ name, report: { client, server } }: KeptReport): string {
  const figures = (pick: (totals: LedgerTotals) => number): string =>
    `${String(pick(client.totals))} and ${String(pick(server.totals))}`;
  const lost = figures(({ lost: unknown, givenUp }) => unknown + givenUp);
  return `${name}: lost ${lost}, doubled ${figures(({ doubled }) => doubled)}, late ${figures(({ late }) => late)}`;
}
