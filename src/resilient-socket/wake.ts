/** The part of a page that tells when it, or the network, is back. Node has none of it. */
interface Host {
  addEventListener?: EventTarget['addEventListener'];
  removeEventListener?: EventTarget['removeEventListener'];
  document?: EventTarget & { visibilityState: string };
}

/**
 * Calls `wake` when the network is there again (`online`), the tab is looked at again (`visibilitychange`), or the page
 * comes back out of the back/forward cache (`pageshow`): moments at which a connection is probed, or sought, at once.
 * Answers how to stop that.
 */
export function onWake(wake: () => void, host: object = globalThis): () => void {
  const page: Host = host;
  const { document } = page;
  const looked = (): void => {
    if (document?.visibilityState === 'visible') wake();
  };
  for (const name of ['online', 'pageshow']) page.addEventListener?.(name, wake);
  document?.addEventListener('visibilitychange', looked);
  return () => {
    for (const name of ['online', 'pageshow']) page.removeEventListener?.(name, wake);
    document?.removeEventListener('visibilitychange', looked);
  };
}

/**
 * Calls `leave` when the page is left (`pagehide`): it may be kept in the back/forward cache, where no code of it runs, and
 * a connection that is kept with it is dead on return. Answers how to stop that.
 */
export function onLeave(leave: () => void, host: object = globalThis): () => void {
  const page: Host = host;
  page.addEventListener?.('pagehide', leave);
  return () => {
    page.removeEventListener?.('pagehide', leave);
  };
}
