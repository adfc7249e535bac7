import { atom } from 'nanostores';
import { comebackWaits, type Comeback } from '../../contract/stampede.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import type { EventDetails } from '../../resilient-socket/events.ts';
import { ResilientSocket } from '../../resilient-socket/resilient-socket.ts';

/** Something that the page's own client did or met, at a time by the page's clock, ms. */
export type TabAct = { at: number } & (
  | { what: 'open' }
  | ({ what: 'end' } & Pick<EventDetails['end'], 'code'>)
  | ({ what: 'retry' } & EventDetails['retry'])
  | ({ what: 'final' } & EventDetails['final'])
);

/** What has become of the page's own client, and of what it said. */
export interface OwnTab {
  acts: readonly TabAct[];
  isOpen: boolean;
  sent: number;
  acknowledged: number;
  /** How often the server had forgotten what was missed, and sent what stands for it. */
  snapshots: number;
}

const nothing: OwnTab = { acts: [], isOpen: false, sent: 0, acknowledged: 0, snapshots: 0 };

/** How often the page says something, ms. */
const talkEveryMs = 250;

/** The page's own client in the crowd. */
export const $ownTab = atom<OwnTab>(nothing);

let socket: ResilientSocket | undefined;
let talking: ReturnType<typeof setInterval> | undefined;

/** Joins the crowd at the stream of this path, and will come back as the bots do. Answers when it is there. */
export function joinCrowd(stream: string, comeback: Comeback): Promise<void> {
  leaveCrowd();
  $ownTab.set(nothing);
  const own = new ResilientSocket(socketAddress(`${stream}?every=60000`), {
    reconnect: comebackWaits[comeback],
    acknowledgement: {},
    resume: true,
    dedupe: true,
  });
  socket = own;
  const act = (done: TabAct, change: Partial<OwnTab> = {}): void => {
    // The last words of a client that has left are no news of the one that came after it.
    if (socket !== own) return;
    const { acts, ...rest } = $ownTab.get();
    $ownTab.set({ ...rest, ...change, acts: [...acts, done] });
  };
  own.on('open', () => {
    act({ at: performance.now(), what: 'open' }, { isOpen: true });
  });
  own.on('end', ({ code }) => {
    act({ at: performance.now(), what: 'end', code }, { isOpen: false });
  });
  own.on('retry', (retry) => {
    act({ at: performance.now(), what: 'retry', ...retry });
  });
  own.on('final', ({ why }) => {
    act({ at: performance.now(), what: 'final', why });
  });
  own.on('acknowledged', () => {
    const tab = $ownTab.get();
    $ownTab.set({ ...tab, acknowledged: tab.acknowledged + 1 });
  });
  own.on('snapshot', () => {
    const tab = $ownTab.get();
    $ownTab.set({ ...tab, snapshots: tab.snapshots + 1 });
  });
  talking = setInterval(() => {
    const tab = $ownTab.get();
    own.send(`word ${String(tab.sent + 1)}`);
    $ownTab.set({ ...tab, sent: tab.sent + 1 });
  }, talkEveryMs);
  return new Promise((resolve) => {
    own.on('open', () => {
      resolve();
    });
  });
}

/** Says nothing more, and leaves once all that was said is acknowledged. */
export function hush(): void {
  clearInterval(talking);
}

/** Leaves the crowd. */
export function leaveCrowd(): void {
  hush();
  const leaving = socket;
  socket = undefined;
  leaving?.close();
}
