import { base64urlnopad } from '@scure/base';
import { accepted, isRecord, refused, type Parsed } from '../../contract/result.ts';
import type { LedgerTotals } from '../../derive/message-fate.ts';
import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8.ts';
import { parseSettings } from './parse-settings.ts';
import { fateLetters, fateOfLetter, type FateStretch, type Report, type ReportSide } from './report.ts';

/** What the fragment of an address with a report begins with. */
const prefix = 'report=';
/** Longest that is read, characters: a report of the longest run is far below. */
const maxLength = 60_000;
/** Most messages that a report speaks of. */
const maxMessages = 10_000;

const totalNames = [
  'messages',
  'applied',
  'lost',
  'givenUp',
  'doubled',
  'late',
  'outOfOrder',
  'inSnapshot',
  'underWay',
  'resent',
  'longestMs',
] as const satisfies readonly (keyof LedgerTotals)[];

/** The fragment that carries a report, without `#`. */
export function fragmentOf({ settings, lengthMs, reconnects, longestGapMs, client, server }: Report): string {
  const json = {
    v: 1,
    settings,
    figures: [lengthMs, reconnects, longestGapMs],
    client: sideToJson(client),
    server: sideToJson(server),
  };
  return `${prefix}${base64urlnopad.encode(encodeUtf8(JSON.stringify(json)))}`;
}

/** Whether a fragment, or an address with one, is meant to carry a report. */
export const carriesReport = (text: string): boolean => fragmentIn(text) !== undefined;

const fragmentIn = (text: string): string | undefined => {
  const at = text.indexOf(prefix);
  return at === -1 ? undefined : text.slice(at + prefix.length).trim();
};

/** Reads the report out of an address, or its fragment. */
export function parseReport(text: string): Parsed<Report> {
  const encoded = fragmentIn(text);
  if (encoded === undefined) {
    return refused('address', 'expected the address of a report: it holds “#report=” and what follows');
  }
  if (encoded.length > maxLength) return refused('address', 'this report is too long to be one of ours');
  let json: unknown;
  try {
    json = JSON.parse(decodeUtf8(base64urlnopad.decode(encoded)));
  } catch {
    return refused('address', 'the report in it is cut off or changed: copy the whole address');
  }
  if (!isRecord(json) || json['v'] !== 1) return refused('address', 'expected a report of version 1');
  const settings = parseSettings(json['settings']);
  if (!settings.ok) return settings;
  const figures = readCounts(json['figures'], 3);
  if (!figures) return refused('figures', 'expected three numbers');
  const [lengthMs = 0, reconnects = 0, longestGapMs = 0] = figures;
  const client = parseSide(json['client'], 'client');
  if (!client.ok) return client;
  const server = parseSide(json['server'], 'server');
  if (!server.ok) return server;
  return accepted({
    settings: settings.value,
    lengthMs,
    reconnects,
    longestGapMs,
    client: client.value,
    server: server.value,
  });
}

const sideToJson = ({ totals, fates }: ReportSide): unknown => ({
  totals: totalNames.map((name) => totals[name]),
  fates: fates.map(({ fate, count }) => `${fateLetters[fate]}${String(count)}`).join(''),
});

function parseSide(json: unknown, name: string): Parsed<ReportSide> {
  const counts = isRecord(json) ? readCounts(json['totals'], totalNames.length) : undefined;
  if (!isRecord(json) || !counts) {
    return refused(`${name}.totals`, `expected ${String(totalNames.length)} numbers`);
  }
  const totals = Object.fromEntries(totalNames.map((total, index) => [total, counts[index] ?? 0]));
  const text = json['fates'];
  if (typeof text !== 'string' || !/^(?:[a-z][0-9]{1,5})*$/.test(text)) {
    return refused(`${name}.fates`, 'expected letters and counts');
  }
  const stretches: FateStretch[] = [];
  let messages = 0;
  for (const [, letter = '', digits = ''] of text.matchAll(/([a-z])([0-9]+)/g)) {
    const fate = fateOfLetter(letter);
    if (!fate) return refused(`${name}.fates`, `unknown letter ${letter}`);
    messages += Number(digits);
    stretches.push({ fate, count: Number(digits) });
  }
  if (messages > maxMessages) return refused(`${name}.fates`, 'more messages than a run has');
  // Every name was given a number.
  return accepted({ totals: totals as unknown as LedgerTotals, fates: stretches });
}

/** Numbers that are none below 0; `undefined` where one is not. */
function readCounts(json: unknown, count: number): number[] | undefined {
  if (!Array.isArray(json) || json.length !== count) return undefined;
  const numbers = json.filter((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0);
  return numbers.length === count ? (numbers as number[]) : undefined;
}
