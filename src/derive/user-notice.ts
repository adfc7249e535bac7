import { clientStanding, type ClientEvent } from './client-event.ts';

/** What a user is to read about the connection. */
export interface UserNotice {
  /** `quiet`: beside the rest, for who looks. `plain`: to be read. `act`: the user has to do something. */
  tone: 'quiet' | 'plain' | 'act';
  text: string;
  /** The label of the one button, if there is something to be done. */
  action?: string;
  /** It is tried again after so long, ms. */
  retryInMs?: number;
}

/** For so long a connection may be away before anybody reads of it, and before it is said in earnest; ms. */
export const quietMs = 2000;
export const patientMs = 8000;

/** What an end means that the server explained: the standard's codes, and those that the application gave a meaning. */
const vocabulary: Readonly<Record<number, { text: string; action: string }>> = {
  1008: { text: 'You sent more than is allowed in a second. Wait a moment.', action: 'Connect again' },
  1009: { text: 'That was too large to send. Make it shorter.', action: 'Connect again' },
  4401: { text: 'You have been signed out. What you wrote is kept.', action: 'Sign in' },
};

const unknown = { text: 'The server has ended this session.', action: 'Connect again' };

/**
 * What the user is to read at `now`, from what the client has lived through; `undefined`: nothing. One notice, which
 * changes and goes away; none for a blip, none for an attempt, none for a message that could not be read.
 */
export function userNotice(events: readonly ClientEvent[], now: number): UserNotice | undefined {
  const { downSince, wasOpen, retryAt, isFinal, lastCode } = clientStanding(events);
  if (isFinal) return lastCode === 1000 ? undefined : finalNotice(lastCode);
  if (downSince === undefined) return undefined;
  const downMs = now - downSince;
  if (downMs < quietMs) return undefined;
  if (downMs < patientMs) return { tone: 'quiet', text: wasOpen ? 'Reconnecting …' : 'Connecting …' };
  return {
    tone: 'plain',
    text: wasOpen
      ? 'Not connected. What you do is kept, and sent when the connection is back.'
      : 'Cannot connect. It may be your network, or us. You need not reload: we go on trying.',
    action: 'Try now',
    ...(retryAt === undefined ? {} : { retryInMs: Math.max(0, retryAt - now) }),
  };
}

function finalNotice(code: number | undefined): UserNotice {
  // Without a word of the server it was the limit of attempts that ended it.
  if (code === undefined || code === 1005 || code === 1006) {
    return { tone: 'act', text: 'Cannot connect. We have stopped trying.', action: 'Try again' };
  }
  return { tone: 'act', ...(vocabulary[code] ?? unknown) };
}
