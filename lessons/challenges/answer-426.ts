import type { Connection } from '../../src/derive/connection.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Make the server answer 426 Upgrade Required (RFC 9110 §15.5.22; RFC 6455 §4.2.2). */
export const answer426: Challenge = {
  id: 'answer-426',
  title: 'Make the server answer 426',
  task: 'Get a response with the status 426 Upgrade Required out of the echo service. Any way counts.',
  hints: [
    '426 means: this resource speaks another protocol, and the request did not ask for it. So do not ask.',
    'Upgrade is a hop-by-hop field. What if something on the way removes it?',
    'In “Break it by hand” press “No Upgrade” and send. Or let the proxy in “Trouble on the way” strip it.',
  ],
  judge(connections): Verdict {
    const answered = connections.filter(({ response }) => response !== undefined);
    const found = answered.find(({ response }) => response?.statusCode === 426);
    if (found) {
      return {
        passed: true,
        seen: [`Connection ${String(found.conn)} was answered 426. ${wayOf(found)}`],
        missing: [],
      };
    }
    const statuses = [...new Set(answered.map(({ response }) => String(response?.statusCode)))];
    return {
      passed: false,
      seen: statuses.length === 0 ? [] : [`Answers so far: ${statuses.join(', ')}.`],
      missing: ['No response on the wire carries the status 426 yet.'],
    };
  },
};

function wayOf({ client, request }: Connection): string {
  if (client.chunks.some(({ became }) => became !== undefined))
    return 'The proxy had stripped Upgrade on the way.';
  const asks = request?.fields.some(({ name }) => name.toLowerCase() === 'upgrade') ?? false;
  return asks ? 'The server was told to.' : 'The request had no Upgrade field.';
}
