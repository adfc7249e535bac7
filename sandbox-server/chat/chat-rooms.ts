import type { Lab } from '../lab/lab.ts';
import type { Limits } from '../limits.ts';
import { ChatRoom } from './chat-room.ts';

/** The one room of each lab; it goes with its lab. */
export class ChatRooms {
  readonly #maxMessages: number;
  readonly #rooms = new WeakMap<Lab, ChatRoom>();

  constructor({ maxChatHistory }: Pick<Limits, 'maxChatHistory'>) {
    this.#maxMessages = maxChatHistory;
  }

  /** The room of a lab, which is made for the first who asks. */
  of(lab: Lab): ChatRoom {
    const room = this.#rooms.get(lab) ?? new ChatRoom(this.#maxMessages, () => lab.timeOfDay());
    this.#rooms.set(lab, room);
    return room;
  }
}
