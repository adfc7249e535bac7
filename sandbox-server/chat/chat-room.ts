import { chatNameKey, type ChatEvent, type StoredMessage, type Utterance } from '../../src/contract/chat.ts';
import { ChatHistory } from './chat-history.ts';

/** One who is in the room: whatever is told to all is told to it. */
export interface RoomMember {
  readonly name: string;
  /** Must not throw, and must not wait. */
  tell(event: ChatEvent): void;
}

/** The chat of a lab: who is there, and what was said. It knows nothing of sockets. */
export class ChatRoom {
  readonly history: ChatHistory;
  readonly #members = new Map<string, RoomMember>();
  readonly #timeOfDay: () => number;

  /** `timeOfDay` in ms since 1970. */
  constructor(maxMessages: number, timeOfDay: () => number) {
    this.history = new ChatHistory(maxMessages);
    this.#timeOfDay = timeOfDay;
  }

  /** Names of those who are there, in the order in which they came. */
  get names(): string[] {
    return [...this.#members.values()].map(({ name }) => name);
  }

  isTaken(name: string): boolean {
    return this.#members.has(chatNameKey(name));
  }

  /** Lets a member in: it hears what was said after `since`, the others hear of it. Check `isTaken` before. */
  join(member: RoomMember, since: number): void {
    this.#tellAll({ type: 'join', name: member.name });
    this.#members.set(chatNameKey(member.name), member);
    member.tell({ type: 'history', you: member.name, members: this.names, ...this.history.after(since) });
  }

  /** Lets a member go, once, and tells the others. */
  leave(member: RoomMember): void {
    const key = chatNameKey(member.name);
    if (this.#members.get(key) !== member) return;
    this.#members.delete(key);
    this.#tellAll({ type: 'leave', name: member.name });
  }

  /** Tells all but the one who types. */
  typing(member: RoomMember): void {
    this.#tellAll({ type: 'typing', name: member.name }, member);
  }

  /**
   * Stores what somebody says, then acknowledges it, then tells all, the sender too: so all see the same order. One that
   * was sent again is acknowledged again, and told to nobody.
   */
  say(
    name: string,
    utterance: Utterance,
    acknowledge: (message: StoredMessage, isNew: boolean) => void,
  ): void {
    const { message, isNew } = this.history.store(name, utterance, this.#timeOfDay());
    acknowledge(message, isNew);
    if (isNew) this.#tellAll({ type: 'message', ...message });
  }

  #tellAll(event: ChatEvent, but?: RoomMember): void {
    // A copy: one that is told may be found too slow, and leave.
    for (const member of [...this.#members.values()]) if (member !== but) member.tell(event);
  }
}
