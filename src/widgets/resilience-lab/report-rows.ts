import { faultPresets } from '../../contract/fault-presets.ts';
import { waitWords } from '../../derive/condition-words.ts';
import type { LedgerTotals } from '../../derive/message-fate.ts';
import { foundWords, isFoundName } from '../seed-frame/found-names.ts';
import { partFields, partWords } from './part-fields.ts';
import type { Report } from './report.ts';
import { partNames, type LabSettings } from './settings.ts';

/** One row of a report, or of two side by side. */
export interface ReportRow {
  name: string;
  left: string;
  right: string;
  differs: boolean;
}

/** The rows of a report: its figures, then its settings; of two reports, what a row says of each. */
export function reportRows(left: Report, right: Report | undefined): ReportRow[] {
  const mine = cellsOf(left);
  const other = right && new Map(cellsOf(right));
  return mine.map(([name, value]) => {
    const beside = other?.get(name) ?? '';
    return { name, left: value, right: beside, differs: other !== undefined && beside !== value };
  });
}

function cellsOf(report: Report): [name: string, value: string][] {
  const { settings, client, server } = report;
  const both = (pick: (totals: LedgerTotals) => number): string =>
    `${String(pick(client.totals))} and ${String(pick(server.totals))}`;
  return [
    ['Messages, to server and to page', both(({ messages }) => messages)],
    ['Lost', both(({ lost }) => lost)],
    ['Given up', both(({ givenUp }) => givenUp)],
    ['Doubled', both(({ doubled }) => doubled)],
    [`Late`, both(({ late }) => late)],
    ['Out of order', both(({ outOfOrder }) => outOfOrder)],
    ['In a snapshot', both(({ inSnapshot }) => inSnapshot)],
    ['Crossed the link more than once', both(({ resent }) => resent)],
    ['Longest way', `${waitWords(client.totals.longestMs)} and ${waitWords(server.totals.longestMs)}`],
    ['Attempts to come back', String(report.reconnects)],
    ['Longest time without a connection', waitWords(report.longestGapMs)],
    ['The client', isFoundName(settings.found) ? foundWords[settings.found] : 'with these parts'],
    ['The network', faultPresets[settings.script]?.name ?? 'no script'],
    [
      'The run',
      `${waitWords(report.lengthMs)}, a message every ${waitWords(settings.everyMs)}, late after ${waitWords(settings.lateMs)}`,
    ],
    ['A token', settings.tokenMs === 0 ? 'none is asked for' : `lasts ${waitWords(settings.tokenMs)}`],
    ...partNames.map((name): [string, string] => [partWords[name].label, partSays(settings, name)]),
  ];
}

/** A part with its parameters in a line. */
function partSays(settings: LabSettings, name: (typeof partNames)[number]): string {
  const { isOn, ...parameters } = settings[name];
  if (!isOn) return 'off';
  const values: Readonly<Record<string, unknown>> = parameters;
  const said = partFields[name].map((field) => {
    const value = values[field.name];
    if (field.kind === 'word') return `${field.label.toLowerCase()}: ${String(value)}`;
    const shown = field.unit === 'ms' ? waitWords(Number(value)) : `${String(value)} ${field.unit}`.trim();
    return `${field.label.toLowerCase()} ${shown}`;
  });
  return said.length === 0 ? 'on' : `on: ${said.join(', ')}`;
}
