import { changeConditions, cut, inject } from '../../lab/lab-client.ts';
import type { Witness } from '../../lab/witness.ts';

/** What a cause may use. */
export interface CauseTools {
  labId: string;
  witness: Witness;
  /** The tab that holds the socket, where it is not this one. */
  tab: Window | undefined;
}

/** A way in which a connection ends. */
export interface Cause {
  id: string;
  label: string;
  /** What happens, in a sentence. */
  says: string;
  /** The query of the echo service that it needs. */
  query?: string;
  /** The socket lives in a tab of its own. */
  inOwnTab?: true;
  /** It is done while the handshake is under way, or instead of one. */
  early?: true;
  /** Run only when it is asked for by itself: the learner does it at his terminal, or it takes a minute. */
  byItself?: true;
  /** How long is waited for all to notice, ms; then the cause is undone. */
  patienceMs?: number;
  run: (tools: CauseTools) => Promise<void> | void;
  /** Undoes what was imposed. */
  undo?: (tools: CauseTools) => Promise<void>;
}

/** The causes, from the polite to the cruel. */
export const causes: readonly Cause[] = [
  {
    id: 'close',
    label: 'close()',
    says: 'Your script closes without a code.',
    run: ({ witness }) => {
      witness.close();
    },
  },
  {
    id: 'close-code',
    label: 'close(4000, "bye")',
    says: 'Your script closes with a code and a reason of its own.',
    run: ({ witness }) => {
      witness.close(4000, 'bye');
    },
  },
  {
    id: 'tab-closed',
    label: 'The tab is closed',
    says: 'A small window opens, holds the socket, and is closed. Nobody is left in there to hear of it.',
    inOwnTab: true,
    run: ({ tab }) => {
      tab?.close();
    },
  },
  {
    id: 'server-close',
    label: 'The server closes',
    says: 'The server sends a Close frame with 1001.',
    run: ({ labId }) => cut(labId, { how: 'close', code: 1001, reason: 'going away' }),
  },
  {
    id: 'terminate',
    label: 'The server’s program lets go',
    says: 'terminate() of ws: TCP ends, and nobody has sent a Close frame.',
    run: ({ labId }) => cut(labId, { how: 'terminate' }),
  },
  {
    id: 'fin',
    label: 'FIN without Close',
    says: 'A box on the way ends TCP politely.',
    run: ({ labId }) => cut(labId, { how: 'fin' }),
  },
  {
    id: 'rst',
    label: 'RST',
    says: 'A box on the way ends TCP rudely.',
    run: ({ labId }) => cut(labId, { how: 'rst' }),
  },
  {
    id: 'black-hole',
    label: 'Black hole',
    says: 'The network falls silent for 8 seconds: nothing arrives, nobody is told. The server pings every second.',
    query: '?heartbeat=1000',
    patienceMs: 8000,
    run: async ({ labId }) => {
      await changeConditions(labId, { frozen: 'both' });
    },
    undo: async ({ labId }) => {
      await changeConditions(labId, { frozen: 'no' });
    },
  },
  {
    id: 'no-answer',
    label: 'close(), and no answer',
    says: 'The network falls silent, then your script closes. The bench waits 70 seconds for somebody to give up.',
    byItself: true,
    patienceMs: 70_000,
    run: async ({ labId, witness }) => {
      await changeConditions(labId, { frozen: 'both' });
      witness.close(1000, 'done');
    },
    undo: async ({ labId }) => {
      await changeConditions(labId, { frozen: 'no' });
    },
  },
  {
    id: 'refused',
    label: 'Refused handshake',
    says: 'The server answers 503 instead of 101.',
    query: '?reject=503',
    early: true,
    run: () => undefined,
  },
  {
    id: 'illegal',
    label: 'Illegal frame',
    says: 'The server sends a frame with the reserved opcode 3.',
    run: ({ labId }) => inject(labId, '83 00'),
  },
  {
    id: 'restart',
    label: 'The sandbox stops',
    says: 'You stop the sandbox with Ctrl-C in its terminal, then start it again. The bench waits a minute for you.',
    byItself: true,
    patienceMs: 60_000,
    run: () => undefined,
  },
];
