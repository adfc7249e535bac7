import type { Connection } from '../../src/derive/connection.ts';
import { streamLives } from '../../src/derive/stream-life.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** The same page is left twice: once the browser says goodbye for it, once it does so itself. */
export const twoGoodbyes: Challenge = {
  id: 'two-goodbyes',
  title: 'Two goodbyes',
  task: 'Leave this page twice while a connection is open: once let the browser say goodbye for it (1001), once let the page do so itself (1000, “page left”), and then come back on a new connection.',
  hints: [
    'A reload is a way to leave, too. The page is not asked: the browser sends 1001.',
    'Connect with “pagehide and pageshow”, follow the link in the bench, and come back with the Back button.',
    'If your browser did not keep the page, it is a new one: connect once more.',
  ],
  judge(connections: readonly Connection[]): Verdict {
    const lives = streamLives(connections);
    const own = lives.find(({ goodbye }) => goodbye?.code === 1000 && goodbye.reason === 'page left');
    const steps: [boolean, string, string][] = [
      [
        lives.some(({ goodbye }) => goodbye?.code === 1001),
        'The browser said goodbye for the page: 1001.',
        'The browser has not sent Close 1001 yet.',
      ],
      [
        own !== undefined,
        'The page said goodbye itself: 1000, “page left”.',
        'No page has sent Close 1000, “page left”, yet.',
      ],
      [
        lives.some(({ openedAt }) => openedAt > (own?.goodbye?.at ?? Number.POSITIVE_INFINITY)),
        'It came back on a new connection.',
        'It has not come back after its own goodbye.',
      ],
    ];
    return {
      passed: steps.every(([isDone]) => isDone),
      seen: steps.filter(([isDone]) => isDone).map(([, seen]) => seen),
      missing: steps.filter(([isDone]) => !isDone).map(([, , missing]) => missing),
    };
  },
};
