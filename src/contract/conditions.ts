import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** What the link of a lab currently does to bytes. Every default is a perfect link. */
export interface Conditions {
  /** What a proxy on the way does to `Upgrade`: passes it, strips it (it does not know WebSocket), or refuses it. */
  upgrade: 'pass' | 'strip' | 'refuse';
  /**
   * Whose bytes the link holds while the connection stays up, as a network does that has fallen silent. On thaw they
   * arrive, as TCP's retransmission would have it; where the link ends first, they are lost.
   */
  frozen: 'no' | 'client' | 'server' | 'both';
}

/** A link that passes everything on, at once. */
export const perfectLink: Conditions = { upgrade: 'pass', frozen: 'no' };

const allowed: { [K in keyof Conditions]: readonly Conditions[K][] } = {
  upgrade: ['pass', 'strip', 'refuse'],
  frozen: ['no', 'client', 'server', 'both'],
};

/**
 * Reads the body of `PATCH /labs/<id>/conditions`: any subset of the conditions.
 * A field that is unknown, or a value out of range, is refused by name.
 */
export function parseConditionsPatch(body: unknown): Parsed<Partial<Conditions>> {
  if (!isRecord(body)) return refused('body', `expected a JSON object of conditions, got ${show(body)}`);
  const patch: Partial<Conditions> = {};
  for (const [field, value] of Object.entries(body)) {
    if (field !== 'upgrade' && field !== 'frozen') {
      return refused(field, `unknown condition; known are ${Object.keys(allowed).join(', ')}`);
    }
    const options: readonly string[] = allowed[field];
    if (typeof value !== 'string' || !options.includes(value)) {
      return refused(field, `expected one of ${options.join(', ')}, got ${show(value)}`);
    }
    Object.assign(patch, { [field]: value });
  }
  return accepted(patch);
}

/** Reads a whole set of conditions, as the sandbox answers it; what it does not name is as on a perfect link. */
export function parseConditions(body: unknown): Parsed<Conditions> {
  const patch = parseConditionsPatch(body);
  return patch.ok ? accepted({ ...perfectLink, ...patch.value }) : patch;
}
