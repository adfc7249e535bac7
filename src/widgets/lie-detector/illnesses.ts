import type { Conditions } from '../../contract/conditions.ts';

export type IllnessId = 'black-hole' | 'hang' | 'hidden' | 'half-dead';

/** Something that befalls a connection, or one of its ends, and that no heartbeat is told of. */
export interface Illness {
  id: IllnessId;
  label: string;
  /** How it is made here, in a sentence. */
  made: string;
  /** What is true of the other side while it lasts: a heartbeat that says otherwise has lied. */
  truth: 'dead' | 'alive';
  /** What the sandbox imposes; `undefined` where the page itself falls ill. */
  conditions?: Partial<Conditions>;
  /** What undoes it. */
  undo?: Partial<Conditions>;
}

/** The four, in the order of the table. */
export const illnesses: readonly Illness[] = [
  {
    id: 'black-hole',
    label: 'Black hole',
    made: 'The link holds every byte of both sides, and tells nobody.',
    truth: 'dead',
    conditions: { frozen: 'both' },
    undo: { frozen: 'no' },
  },
  {
    id: 'hang',
    label: 'Page that hangs',
    made: 'This page runs a busy loop. You cannot scroll while it does.',
    truth: 'dead',
  },
  {
    id: 'half-dead',
    label: 'Half-dead proxy',
    made: 'Control frames are answered. Messages of either side get lost between the server’s WebSocket code and its program.',
    truth: 'dead',
    conditions: { dropMessages: 1, messageDirection: 'both' },
    undo: { dropMessages: 0 },
  },
  {
    id: 'hidden',
    label: 'Hidden tab',
    made: 'You look at another tab for ten seconds or more, and come back.',
    truth: 'alive',
  },
];
