import { useCallback, useEffect, useRef, useState } from 'react';
import { parseReport, carriesReport, fragmentOf } from './report-address.ts';
import { reportOf, type Report } from './report.ts';
import type { RunState } from './run.ts';
import type { LabSettings } from './settings.ts';
import type { LedgerInHand } from './use-ledger.ts';

/** A report that lies on the table. */
export interface KeptReport {
  id: number;
  name: string;
  report: Report;
  /** It stood in the address of this page. */
  isLinked: boolean;
}

/** The reports of a lab, and how more come to it. */
export interface ReportsInHand {
  /** The newest last. */
  reports: readonly KeptReport[];
  /** Puts the report of an address on the table; answers why not, where it is none. */
  take: (address: string) => string | undefined;
}

/** So many are kept; the oldest is put away. */
const maxReports = 6;
/** The wire log follows a run by some ms: its report is drawn up so long after its end, ms. */
const afterwordMs = 400;

/**
 * The reports of the runs on this page, and of the addresses that it was given. The last one stands in the page's own
 * address; one that stands there when the page opens is put on the table, and `adopt` is given its settings.
 */
export function useReports(
  run: RunState | undefined,
  inHand: LedgerInHand | undefined,
  adopt: (settings: LabSettings) => void,
): ReportsInHand & { addressProblem: string | undefined } {
  const [reports, setReports] = useState<readonly KeptReport[]>([]);
  const [addressProblem, setAddressProblem] = useState<string>();
  const count = useRef(0);
  const runCount = useRef(0);
  const put = useCallback((name: string, report: Report, isLinked = false): void => {
    const id = ++count.current;
    setReports((known) => [...known, { id, name, report, isLinked }].slice(-maxReports));
  }, []);
  const take = useCallback(
    (address: string): string | undefined => {
      const parsed = parseReport(address);
      if (!parsed.ok) return `${parsed.field}: ${parsed.message}`;
      put('From an address', parsed.value);
      return undefined;
    },
    [put],
  );

  const latest = useRef({ run, inHand, adopt });
  useEffect(() => {
    latest.current = { run, inHand, adopt };
  });
  const overMark = run?.phase === 'over' ? run.mark : undefined;
  useEffect(() => {
    if (overMark === undefined) return undefined;
    let isDrawn = false;
    const draw = (): void => {
      const { run: ended, inHand: last } = latest.current;
      if (isDrawn || !ended || !last) return;
      isDrawn = true;
      const report = reportOf(ended, last.ledger);
      put(`Run ${String(++runCount.current)}`, report);
      history.replaceState(history.state, '', `#${fragmentOf(report)}`);
    };
    const timer = setTimeout(draw, afterwordMs);
    return () => {
      clearTimeout(timer);
      // Whoever starts the next run at once does not lose this one's report.
      draw();
    };
  }, [overMark, put]);

  useEffect(() => {
    const look = (): void => {
      if (!carriesReport(location.hash)) return;
      const parsed = parseReport(location.hash);
      setAddressProblem(parsed.ok ? undefined : `The report in this page’s address: ${parsed.message}.`);
      if (!parsed.ok) return;
      put('From this address', parsed.value, true);
      latest.current.adopt(parsed.value.settings);
    };
    look();
    addEventListener('hashchange', look);
    return () => {
      removeEventListener('hashchange', look);
    };
  }, [put]);

  return { reports, take, addressProblem };
}
