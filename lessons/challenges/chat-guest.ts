import type { Connection } from '../../src/derive/connection.ts';
import { chatTalkOf, type ChatTalk } from '../../src/derive/chat-talk.ts';
import { fieldValues } from '../../src/protocol/read-head.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Join the chat from outside the browser, keep its contract, and be acknowledged. */
export const chatGuest: Challenge = {
  id: 'chat-guest',
  title: 'A guest from outside',
  task: 'With a client that is not a browser, join this room, hear what somebody else says, and have a message of your own acknowledged, all on one connection.',
  hints: [
    'Take a line from “Other clients”. A client that is not a browser sends no Origin field.',
    'wscat lets you type. A message is JSON: {"type":"message","text":"Hello"}. What is missing for an acknowledgement?',
    'Send {"type":"message","text":"Hello","clientId":"1"}, then let Alice answer from her pane.',
  ],
  judge(connections): Verdict {
    const attempts = connections.flatMap((connection) => {
      const talk = isOfPage(connection) ? undefined : chatTalkOf(connection);
      return talk?.name === undefined ? [] : [judgeAttempt(connection, talk)];
    });
    const best = attempts.toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return (
      best ?? {
        passed: false,
        seen: [],
        missing: [
          'No client from outside has asked to join yet. (A client that sends an Origin field counts as a page.)',
        ],
      }
    );
  },
};

/** Browsers send an Origin with every opening handshake of a page (RFC 6455 §10.2). */
const isOfPage = ({ request }: Connection): boolean =>
  request !== undefined && fieldValues(request, 'Origin').length > 0;

function judgeAttempt({ conn, handshake }: Connection, { name = '', told, said }: ChatTalk): Verdict {
  const seen = [`Connection ${String(conn)} asked to join as ${name}.`];
  const missing: string[] = [];
  const check = (isThere: boolean, says: string, lacks: string): void => {
    (isThere ? seen : missing).push(isThere ? says : lacks);
  };
  const you = told.map(({ event }) => (event.type === 'history' ? event.you : undefined)).find(Boolean);
  check(
    you !== undefined,
    `The room let it in as ${you ?? ''}.`,
    handshake === 'open'
      ? 'The room did not let it in: that name was taken.'
      : 'Its handshake was not answered 101.',
  );
  const ack = told.find(({ event }) => event.type === 'ack')?.event;
  const refused = said.find(({ request }) => !request.ok)?.request;
  const why = refused?.ok === false ? ` Its last message was refused: ${refused.field}.` : '';
  check(
    ack !== undefined,
    `Its message was acknowledged${ack?.type === 'ack' ? ` as ${String(ack.id)}` : ''}.`,
    said.some(({ request }) => request.ok && request.value.type === 'message')
      ? 'Its message has no clientId, so there is nothing to acknowledge it by.'
      : `It has not sent a message that the room understands.${why}`,
  );
  const other = told.find(({ event }) => event.type === 'message' && event.name !== you)?.event;
  check(
    other !== undefined,
    `It heard ${other?.type === 'message' ? other.name : ''}.`,
    'It has not heard anybody else since it joined: say something in one of the panes.',
  );
  return { passed: missing.length === 0, seen, missing };
}
