import type { Conditions } from '../../contract/conditions.ts';

/** Something that stands between a browser and its server, to be put in the way of the learner's own connection. */
export interface Experiment {
  id: string;
  /** What stands in the way. */
  label: string;
  /** What to do, and what to look at. */
  says: string;
  /** What is imposed; all else is as on a perfect link. */
  impose: Partial<Conditions>;
  /** Once the connection is open; by default before it is opened. */
  onceOpen?: true;
}

/** All experiments of the bench. */
export const experiments: readonly Experiment[] = [
  {
    id: 'forgets',
    label: 'A box that forgets after 3 s',
    says: 'Send one message. Wait 4 seconds. Send another: what does send() say, and where do the bytes go?',
    impose: { idleTimeoutMs: 3000, idleAction: 'drop' },
  },
  {
    id: 'hangs-up',
    label: 'A proxy that hangs up after 3 s',
    says: 'Connect and do nothing. Then connect again with the heartbeat on.',
    impose: { idleTimeoutMs: 3000, idleAction: 'fin' },
  },
  {
    id: 'tunnel',
    label: 'A tunnel: nothing arrives for now',
    says: 'Send a few messages. The connection stays up. Lift it: all of them arrive, in order, at once.',
    impose: { frozen: 'both' },
    onceOpen: true,
  },
  {
    id: 'lossy',
    label: 'A lossy radio: 15 % of segments',
    says: 'Send 20 messages, one every 50 ms. Find the arrows that end in one point: one was lost, the others waited.',
    impose: { latencyMs: 20, lossPercent: 15 },
  },
  {
    id: 'slices',
    label: 'Slices: one byte at a time',
    says: 'Send a message. It crosses in as many pieces as it has bytes. What does the server make of it?',
    impose: { sliceBytes: 1 },
  },
  {
    id: 'slow-close',
    label: 'A slow close: FIN 2 s late',
    says: 'Close. The Close frames cross at once; look how long readyState says CLOSING.',
    impose: { slowCloseMs: 2000 },
  },
  {
    id: 'strips',
    label: 'A proxy that strips Upgrade',
    says: 'Connect, and compare the request that left your browser with the one that the server got.',
    impose: { upgrade: 'strip' },
  },
  {
    id: 'refuses',
    label: 'A proxy that refuses Upgrade',
    says: 'Connect: who is it that answers?',
    impose: { upgrade: 'refuse' },
  },
];
