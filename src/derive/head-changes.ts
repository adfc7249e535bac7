import type { FieldLine, RequestHead, ResponseHead } from '../protocol/http-head.ts';

/** How a field line of a head differs from the same head of an earlier connection. */
export type Change = 'added' | 'changed' | 'fresh';

/** Fields that are new in every connection by design, so a difference in them means nothing (RFC 6455 §4.1). */
const freshEachTime = new Set(['sec-websocket-key', 'sec-websocket-accept', 'date']);

/** What the options of a handshake changed on the wire. */
export interface HeadChanges {
  /** Whether the start line differs. */
  startLine: boolean;
  /** By index into `fields`; a field that is the same is absent. */
  fields: ReadonlyMap<number, Change>;
  /** Fields that the earlier head had and this one has not. */
  gone: readonly FieldLine[];
}

/** Compares a head with the one of an earlier connection, field by field. */
export function headChanges<H extends RequestHead | ResponseHead>(earlier: H, head: H): HeadChanges {
  const left = [...earlier.fields];
  const fields = new Map<number, Change>();
  for (const [index, field] of head.fields.entries()) {
    const name = field.name.toLowerCase();
    const match = left.findIndex((old) => old.name.toLowerCase() === name);
    const [old] = match === -1 ? [] : left.splice(match, 1);
    if (!old) fields.set(index, 'added');
    else if (old.value !== field.value) fields.set(index, freshEachTime.has(name) ? 'fresh' : 'changed');
  }
  return { startLine: startLineText(earlier) !== startLineText(head), fields, gone: left };
}

const startLineText = (head: RequestHead | ResponseHead): string =>
  head.kind === 'request'
    ? `${head.method} ${head.target} ${head.version}`
    : `${head.version} ${String(head.statusCode)} ${head.reasonPhrase}`;
