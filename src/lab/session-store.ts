import { atom, onMount, type ReadableAtom } from 'nanostores';
import { LabSession, type SessionState } from './lab-session.ts';
import { labInFragment } from './shared-lab.ts';

const memoryKey = 'ws101.lab';

const session = new LabSession({
  memory: {
    // An invitation goes before what this tab remembers.
    recall: () => labInFragment(location.hash) ?? sessionStorage.getItem(memoryKey) ?? undefined,
    keep: (id) => {
      sessionStorage.setItem(memoryKey, id);
      // It has been accepted, or the lab is gone: a reload shall not go back to it.
      if (labInFragment(location.hash) !== undefined) {
        history.replaceState(history.state, '', location.pathname + location.search);
      }
    },
  },
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  random: Math.random,
  changed: (state) => {
    $writable.set(state);
  },
});

const $writable = atom<SessionState>(session.state);

/** The lab of this page. Its wire channel opens with the first widget that listens, and closes after the last. */
export const $session: ReadableAtom<SessionState> = $writable;

onMount($writable, () => {
  // Pages are built where nobody looks at them: there is no lab to be had there.
  if (import.meta.env.SSR) return undefined;
  session.start();
  const retry = (): void => {
    if (document.visibilityState === 'visible') session.retryNow();
  };
  // A page in the back/forward cache runs no code, but keeps its sockets: left open, they die on return (1006).
  const leave = (): void => {
    session.stop();
  };
  const comeBack = (): void => {
    session.start();
  };
  document.addEventListener('visibilitychange', retry);
  addEventListener('online', retry);
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  return () => {
    document.removeEventListener('visibilitychange', retry);
    removeEventListener('online', retry);
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', comeBack);
    session.stop();
  };
});

/** Tries to reach the sandbox again at once. */
export const retryNow = (): void => {
  session.retryNow();
};

/** Leaves this lab for a fresh one. Throws what `createLab` throws. */
export const renewLab = (): Promise<void> => session.renew();
