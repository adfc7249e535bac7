import type { Side } from '../contract/wire-event.ts';
import { isControl, Opcode } from '../protocol/opcode.ts';
import type { Rung } from './rung.ts';

/** The groups that a ladder can be narrowed to: the kinds of frames, what is not a frame, what the script saw. */
export const rungGroups = ['text', 'binary', 'control', 'other', 'script'] as const;
export type RungGroup = (typeof rungGroups)[number];

/** What a ladder shows. */
export interface RungFilter {
  groups: ReadonlySet<RungGroup>;
  side: Side | 'both';
}

/** Everything. */
export const allRungs: RungFilter = { groups: new Set(rungGroups), side: 'both' };

/** The group of a rung; a continuation is of the group that its message began with. */
export function groupOf({ what }: Rung): RungGroup {
  if (what.kind === 'script') return 'script';
  if (what.kind !== 'frame') return 'other';
  const { opcode } = what.frame.frame;
  if (isControl(opcode)) return 'control';
  return (what.fragment?.opcode ?? opcode) === Opcode.text ? 'text' : 'binary';
}

/** The rungs that a filter lets through, in their order. The same array where it lets all of them through. */
export function filterRungs(rungs: readonly Rung[], { groups, side }: RungFilter): readonly Rung[] {
  if (side === 'both' && groups.size === rungGroups.length) return rungs;
  return rungs.filter(
    (rung) =>
      groups.has(groupOf(rung)) &&
      (side === 'both' || (rung.from !== 'client' && rung.from !== 'server') || rung.from === side),
  );
}
