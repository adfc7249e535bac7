import type { Conditions } from '../../contract/conditions.ts';
import { changeConditions, cut, inject } from '../../lab/lab-client.ts';

/** What a failure may use. */
export interface FailureTools {
  labId: string;
  /** Sends on both connections. */
  send: (text: string) => void;
}

/** Something that goes wrong. */
export interface Failure {
  id: string;
  label: string;
  /** What happens, in a sentence. */
  says: string;
  /** The service with its query; by default the stream, which is quiet. */
  service?: string;
  /** What is imposed: before the connections are opened where nothing is done, else with it. It can be lifted. */
  impose?: Partial<Conditions>;
  /** What is done once both connections are open. Without it the failure is in the opening. */
  act?: (tools: FailureTools) => Promise<void> | void;
}

/** The stream with a message a minute, so that nothing is heard but what goes wrong. */
export const quietStream = 'stream?every=60000';

const closeWith =
  (code: number, reason: string) =>
  ({ labId }: FailureTools): Promise<void> =>
    cut(labId, { how: 'close', code, reason });

/** All failures of the bench: those of the opening, those of the network, those that the server explains. */
export const failures: readonly Failure[] = [
  {
    id: 'refused',
    label: 'Nobody listens',
    says: 'The server is down before you connect: TCP answers with an RST.',
    impose: { accept: false },
  },
  {
    id: 'unauthorized',
    label: '401 instead of 101',
    says: 'The server knows exactly why it refuses you, and says so by HTTP.',
    service: 'echo?reject=401',
  },
  {
    id: 'stripped',
    label: 'A proxy strips Upgrade',
    says: 'The server gets an ordinary GET, and answers 426.',
    impose: { upgrade: 'strip' },
  },
  {
    id: 'subprotocol',
    label: 'No common subprotocol',
    says: 'The server agrees to the upgrade, but to none of the subprotocols that the client offers.',
    service: 'echo?subprotocol=chat.v2',
  },
  {
    id: 'outage',
    label: 'The server dies for a while',
    says: 'Open connections are reset, and new ones are, too, until you lift it.',
    impose: { accept: false },
    act: ({ labId }) => cut(labId, { how: 'rst' }),
  },
  {
    id: 'rst',
    label: 'RST, once',
    says: 'A box on the way ends TCP rudely. The server is well.',
    act: ({ labId }) => cut(labId, { how: 'rst' }),
  },
  {
    id: 'fin',
    label: 'FIN without Close, once',
    says: 'A box on the way ends TCP politely. The server is well.',
    act: ({ labId }) => cut(labId, { how: 'fin' }),
  },
  {
    id: 'black-hole',
    label: 'Black hole',
    says: 'Nothing arrives any more, and nobody is told.',
    impose: { frozen: 'both' },
    act: () => undefined,
  },
  {
    id: 'crash',
    label: 'Close 1011',
    says: 'The server has met a condition that it did not expect.',
    act: closeWith(1011, 'unexpected condition'),
  },
  {
    id: 'signed-out',
    label: 'Close 4401',
    says: 'A code of the application’s own: the session has ended.',
    act: closeWith(4401, 'session ended'),
  },
  {
    id: 'too-fast',
    label: 'Close 1008: too fast',
    says: 'You send 500 messages at once. The stream takes 200, and 200 more each second.',
    act: ({ send }) => {
      for (let count = 0; count < 500; count++) send('x');
    },
  },
  {
    id: 'too-large',
    label: 'Close 1009: too large',
    says: 'You send 20,000 bytes. The stream takes 16 KiB.',
    act: ({ send }) => {
      send('x'.repeat(20_000));
    },
  },
  {
    id: 'no-json',
    label: 'A message that is not JSON',
    says: 'The server sends {"price":1 and forgets the rest.',
    act: ({ labId }) => inject(labId, `81 0a ${hexOf('{"price":1')}`),
  },
  {
    id: 'binary',
    label: 'A binary message',
    says: 'The server sends four bytes, where your code expects text.',
    act: ({ labId }) => inject(labId, '82 04 de ad be ef'),
  },
];

const hexOf = (ascii: string): string =>
  [...ascii].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');

/** Imposes what a failure imposes. Throws what the lab's client throws. */
export async function impose(labId: string, { impose: conditions }: Failure): Promise<void> {
  if (conditions) await changeConditions(labId, conditions);
}
