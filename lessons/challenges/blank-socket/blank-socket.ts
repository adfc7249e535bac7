import type { Challenge } from '../challenge.ts';
import { answerAPing } from './answer-a-ping.ts';
import { closeProperly } from './close-properly.ts';
import { sendATextFrame } from './send-a-text-frame.ts';
import { sendFragments } from './send-fragments.ts';
import { typeTheHandshake } from './type-the-handshake.ts';

/** The ladder from a blank socket: from bare TCP to a closed connection, everything typed by hand. */
export const blankSocket: readonly Challenge[] = [
  typeTheHandshake,
  sendATextFrame,
  answerAPing,
  sendFragments,
  closeProperly,
];
