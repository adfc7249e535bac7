import type { Connection } from '../../src/derive/connection.ts';
import { fieldTokens } from '../../src/protocol/read-head.ts';
import { judgeRequest } from '../../src/protocol/opening-handshake.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Complete an opening handshake by hand that offers the subprotocol `chat` (RFC 6455 §1.9, §4.1). */
export const chatByHand: Challenge = {
  id: 'chat-by-hand',
  title: 'Shake hands yourself, and offer chat',
  task: 'By hand, over the raw bridge, complete an opening handshake that offers the subprotocol chat and breaks no rule of the standard.',
  hints: [
    'A subprotocol is offered in a field of its own: Sec-WebSocket-Protocol.',
    'Start from the legal request in “Break it by hand” and add one line before the empty one.',
    'Add “Sec-WebSocket-Protocol: chat” and send. The server need not pick it for the handshake to be complete.',
  ],
  judge(connections): Verdict {
    const attempts = connections.filter(({ path }) => path === null).map(judgeAttempt);
    const best = attempts.toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return (
      best ?? {
        passed: false,
        seen: [],
        missing: ['Nothing has come over the raw bridge yet: send a request in “Break it by hand”.'],
      }
    );
  },
};

function judgeAttempt({ conn, request, response, handshake }: Connection): Verdict {
  const seen = [`Connection ${String(conn)} was opened by hand.`];
  const missing: string[] = [];
  if (!request)
    return { passed: false, seen, missing: ['Its request is not finished: the empty line is missing.'] };
  const offers = fieldTokens(request, 'Sec-WebSocket-Protocol');
  if (offers.includes('chat')) seen.push('It offers the subprotocol chat.');
  else
    missing.push(`It offers ${offers.length === 0 ? 'no subprotocol' : offers.join(', ')}: chat is missing.`);
  for (const check of judgeRequest(request)) {
    if (!check.ok) missing.push(`${check.rule.says} (${check.rule.section}) Found: ${check.found}.`);
  }
  if (handshake === 'open') seen.push('The server answered 101.');
  else
    missing.push(
      response
        ? `The server answered ${String(response.statusCode)}, not 101.`
        : 'The server has not answered.',
    );
  return { passed: missing.length === 0, seen, missing };
}
