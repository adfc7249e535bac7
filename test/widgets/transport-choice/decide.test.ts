import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersOf, hashOf } from '../../../src/widgets/transport-choice/answers-link.ts';
import { decide } from '../../../src/widgets/transport-choice/decide.ts';
import { examples } from '../../../src/widgets/transport-choice/examples.ts';
import { questionIds, questions, type Answers } from '../../../src/widgets/transport-choice/questions.ts';
import { rules } from '../../../src/widgets/transport-choice/rules.ts';
import { transportIds, type TransportId } from '../../../src/widgets/transport-choice/transports.ts';

/** Any answers, each question answered or left open. */
const anyAnswers: fc.Arbitrary<Answers> = fc.record(
  Object.fromEntries(
    questionIds.map((id) => [id, fc.constantFrom(...questions[id].options.map((option) => option.id))]),
  ),
  { requiredKeys: [] },
);

const best = (answers: Answers): TransportId | undefined => decide(answers).standings[0]?.transport;

/** What is recommended to whom. */
const cases: readonly [what: string, answers: Answers, expected: TransportId][] = [
  ['notifications, a ticker, a dashboard', { direction: 'down' }, 'events'],
  ['one-way text, soon', { direction: 'down', rate: 'some', wait: 'now', payload: 'text' }, 'events'],
  ['one-way text, fast', { direction: 'down', rate: 'fast', wait: 'now', payload: 'text' }, 'events'],
  ['one-way text behind HTTP/1.1', { direction: 'down', wait: 'now', network: 'http1' }, 'events'],
  ['one-way bytes', { direction: 'down', rate: 'fast', wait: 'now', payload: 'binary' }, 'stream'],
  ['one-way text for programs', { direction: 'down', wait: 'now', clients: 'programs' }, 'events'],
  ['one-way bytes for programs', { direction: 'down', payload: 'binary', clients: 'programs' }, 'stream'],
  ['rare news that may wait', { direction: 'down', rate: 'rare', wait: 'minute' }, 'poll'],
  ['rare news for a crowd', { direction: 'down', rate: 'rare', wait: 'minute', idle: 'many' }, 'poll'],
  ['news through unknown proxies', { direction: 'down', wait: 'now', network: 'strange' }, 'longPoll'],
  ['both ends', { direction: 'both' }, 'webSocket'],
  ['both ends, bytes', { direction: 'both', rate: 'fast', wait: 'now', payload: 'binary' }, 'webSocket'],
  ['a fast game', { direction: 'both', rate: 'fast', loss: 'latest', network: 'modern' }, 'webTransport'],
  [
    'a fast game over HTTP/1.1',
    { direction: 'both', rate: 'fast', loss: 'latest', network: 'http1' },
    'webSocket',
  ],
  ['reports now and then', { direction: 'up', rate: 'rare' }, 'poll'],
  ['reports all the time', { direction: 'up', rate: 'fast' }, 'webSocket'],
  ['browser to browser', { direction: 'peers' }, 'webRtc'],
  ['browser to browser, late is useless', { direction: 'peers', loss: 'latest' }, 'webRtc'],
];

describe('decide', () => {
  it.each(cases)('recommends for %s %o: %s', (_, answers, expected) => {
    expect(best(answers)).toBe(expected);
  });

  it('names server-sent events first for every one-way feed of text that should come soon and whole', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom('seconds', 'now'), (answers, wait) => {
        const feed: Answers = { ...answers, direction: 'down', payload: 'text', loss: 'all', wait };
        fc.pre(answers.network !== 'strange');
        expect(best(feed)).toBe('events');
      }),
    );
  });

  it('places each transport once, best first, whatever was answered', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { standings, ruledOut } = decide(answers);
        const points = standings.map((standing) => standing.points);
        expect(points).toEqual(points.toSorted((one, other) => other - one));
        const placed = [...standings, ...ruledOut].map(({ transport }) => transport);
        expect(placed.toSorted()).toEqual([...transportIds].toSorted());
        expect(ruledOut.every(({ reasons }) => reasons.length > 0)).toBe(true);
      }),
    );
  });

  it('gives the one that it recommends a reason, once it knows who speaks', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { isReady, standings } = decide(answers);
        expect(isReady).toBe(answers.direction !== undefined);
        if (isReady) expect(standings[0]?.reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  it('adds Web Push beside the rest where news must arrive with the page closed, and nowhere else', () => {
    expect(decide({ direction: 'both', closed: 'yes' }).beside?.objections).toHaveLength(2);
    expect(decide({ direction: 'both', closed: 'no' }).beside).toBeUndefined();
    expect(best({ direction: 'both', closed: 'yes' })).toBe('webSocket');
  });
});

describe('rules', () => {
  it.each(rules.map((rule) => [rule.transport, rule.says, rule] as const))('%s: %s', (_, says, rule) => {
    expect(says).toMatch(/^[A-Z].+\.$/);
    expect(new URL(rule.source.url).protocol).toBe('https:');
    const { standings, ruledOut } = decide(rule.when);
    const told = [
      ...standings.flatMap(({ reasons, objections }) => [...reasons, ...objections]),
      ...ruledOut.flatMap(({ reasons }) => reasons),
    ];
    expect(told.map((reason) => reason.says)).toContain(says);
  });

  it('say something for and something against each transport', () => {
    for (const transport of transportIds) {
      const own = rules.filter((rule) => rule.transport === transport);
      expect(own.some(({ points }) => points !== 'impossible' && points > 0)).toBe(true);
      expect(own.some(({ points }) => points === 'impossible' || points < 0)).toBe(true);
    }
  });
});

describe('a link', () => {
  it('brings the same answers back', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        expect(answersOf(hashOf(answers)) ?? {}).toEqual(answers);
      }),
    );
  });

  it('that is damaged keeps what can be read of it, and one about something else says nothing', () => {
    expect(answersOf('#decide=direction.down_rate.never_nonsense_wait')).toEqual({ direction: 'down' });
    expect(answersOf('#decide=')).toEqual({});
    expect(answersOf('#wire=3.7')).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => answersOf(`#${text}`)).not.toThrow();
      }),
    );
  });
});

it('The examples get a recommendation each, and not all the same', () => {
  const recommended = examples.map(({ answers }) => best(answers));
  expect(recommended).not.toContain(undefined);
  expect(new Set(recommended).size).toBeGreaterThanOrEqual(5);
});
