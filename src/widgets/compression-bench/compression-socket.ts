import { noteWith } from '../../derive/guess-lengths.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';

/** The page's own connection, with or without compression. */
export const compressionSocket = createEchoSocket();

/** A message as a price feed would send it. */
export const priceMessage = JSON.stringify({
  type: 'prices',
  market: 'Amsterdam',
  currency: 'EUR',
  prices: ['tulip', 'hyacinth', 'crocus', 'narcissus'].map((name, index) => ({
    name,
    bid: 101.25 + index,
    ask: 101.5 + index,
    volume: 4000 - index * 250,
  })),
});

/** So many tokens are guessed, one of which is the secret. */
const candidateCount = 8;

/**
 * Sends a secret as the victim, then guesses as the attacker, on the connection that is open. The tokens are drawn anew
 * each time.
 */
export function guessSecret(): void {
  const tokens = Array.from({ length: candidateCount }, randomToken);
  const [draw = 0] = crypto.getRandomValues(new Uint8Array(1));
  const secret = tokens[draw % candidateCount] ?? '';
  compressionSocket.say(noteWith(secret, 'victim'));
  compressionSocket.say(noteWith('--------', 'attack'));
  for (const token of tokens) compressionSocket.say(noteWith(token, 'attack'));
}

const randomToken = (): string =>
  [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
