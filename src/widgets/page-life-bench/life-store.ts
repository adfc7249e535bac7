import { atom } from 'nanostores';
import { beatAsFound } from '../../../lessons/samples/beat-as-found.js';
import { streamLives } from '../../derive/stream-life.ts';
import { $session } from '../../lab/session-store.ts';
import { ResilientSocket } from '../../resilient-socket/resilient-socket.ts';

/** Something that happened to the page, at ms since 1970. */
export interface PageEvent {
  at: number;
  what: string;
}

/** The time between two runs of the page's own timer, ms, and whether the page was hidden for any of it. */
export interface Gap {
  ms: number;
  isHidden: boolean;
}

/** Which client stands on the bench. */
export type Client = 'found' | 'kept';

const memoryKey = 'ws101.page-life';
/** So many events, and gaps, are kept: the newest. */
const mostEvents = 40;
const mostGaps = 60;
/** What the timer asks for, and how often the clients say something, ms. */
export const askedMs = 1000;

export const $events = atom<readonly PageEvent[]>([]);
export const $gaps = atom<readonly Gap[]>([]);
/** The client that was started, and what its script believes. */
export const $client = atom<{ which: Client; state: string } | undefined>(undefined);

/**
 * What to add to a time of the lab to get one since 1970, ms: the page hears of nothing before it was on the wire, so the
 * shortest way bounds it. It is late by what the wire channel takes.
 */
export const $wireClock = atom<{ lab: string | undefined; offset: number } | undefined>(undefined);

let end: (() => void) | undefined;

/** Notes an event, also for the page that comes after this one in the same tab. */
function note(what: string): void {
  $events.set([...$events.get(), { at: Date.now(), what }].slice(-mostEvents));
  sessionStorage.setItem(memoryKey, JSON.stringify($events.get()));
}

/** Follows the page's life and its timer; answers how to stop. */
export function watchPage(): () => void {
  $events.set(remembered());
  note(`page loaded (${navigationType()})`);
  const stops = [
    listen(
      window,
      'pagehide',
      (event) => `pagehide, persisted ${String((event as PageTransitionEvent).persisted)}`,
    ),
    listen(
      window,
      'pageshow',
      (event) => `pageshow, persisted ${String((event as PageTransitionEvent).persisted)}`,
    ),
    listen(window, 'online', () => 'online'),
    listen(window, 'offline', () => 'offline'),
    listen(document, 'visibilitychange', () => `visibilitychange: ${document.visibilityState}`),
    listen(document, 'freeze', () => 'freeze'),
    listen(document, 'resume', () => 'resume'),
    startTimer(),
    followWireClock(),
  ];
  return () => {
    for (const stop of stops) stop();
    endClient();
  };
}

function listen(target: EventTarget, name: string, says: (event: Event) => string): () => void {
  const heard = (event: Event): void => {
    note(says(event));
  };
  target.addEventListener(name, heard);
  return () => {
    target.removeEventListener(name, heard);
  };
}

const followWireClock = (): (() => void) =>
  $session.subscribe(({ lab, log }) => {
    const newest = Math.max(...streamLives(log.connections).map(({ lastAt }) => lastAt));
    if (!Number.isFinite(newest)) return;
    const offset = Date.now() - newest;
    const known = $wireClock.get();
    if (!known || known.lab !== lab?.id || offset < known.offset) $wireClock.set({ lab: lab?.id, offset });
  });

/** A timer that asks for a second, and notes what it gets. */
function startTimer(): () => void {
  let last = performance.now();
  const isHiddenNow = (): boolean => document.visibilityState === 'hidden';
  // A page may be hidden and shown again between two runs.
  let wasHidden = isHiddenNow();
  const turned = (): void => {
    wasHidden = true;
  };
  document.addEventListener('visibilitychange', turned);
  const timer = setInterval(() => {
    const now = performance.now();
    $gaps.set([...$gaps.get(), { ms: now - last, isHidden: wasHidden }].slice(-mostGaps));
    last = now;
    wasHidden = isHiddenNow();
  }, askedMs);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', turned);
  };
}

/** Starts a client; one that is there is ended first. */
export function startClient(which: Client, address: string): void {
  endClient();
  const tell = (state: string): void => {
    $client.set({ which, state });
  };
  tell('connecting');
  if (which === 'kept') {
    const socket = new ResilientSocket(address, {
      heartbeat: { everyMs: askedMs, deadlineMs: 5000 },
      reconnect: { firstMs: 500 },
      resume: true,
      dedupe: true,
    });
    const stop = socket.on('state', ({ state }) => {
      tell(state);
    });
    end = () => {
      stop();
      socket.close();
    };
    return;
  }
  // Its timer has no end of its own: with the socket closed it only looks.
  const socket = beatAsFound(address, askedMs);
  socket.onopen = () => {
    tell('open');
  };
  socket.onclose = ({ code }) => {
    tell(`closed, ${String(code)}`);
    note(`close event of the socket: ${String(code)}`);
  };
  end = () => {
    socket.onopen = null;
    socket.onclose = null;
    socket.close();
  };
}

/** Ends the client, if there is one. */
export function endClient(): void {
  end?.();
  end = undefined;
  $client.set(undefined);
}

const navigationType = (): string =>
  performance.getEntriesByType('navigation').map((entry) => (entry as PerformanceNavigationTiming).type)[0] ??
  'navigate';

/** What pages before this one have noted in this tab. */
function remembered(): PageEvent[] {
  try {
    const json: unknown = JSON.parse(sessionStorage.getItem(memoryKey) ?? '[]');
    return Array.isArray(json) ? json.filter(isPageEvent) : [];
  } catch {
    return [];
  }
}

const isPageEvent = (value: unknown): value is PageEvent =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'what' in value &&
  typeof value.what === 'string';
