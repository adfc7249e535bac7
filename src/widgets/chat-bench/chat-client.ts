import { atom, type WritableAtom } from 'nanostores';
import { typingEveryMs, typingLastsMs, type ChatEvent } from '../../contract/chat.ts';
import type { Witness } from '../../lab/witness.ts';
import { noteSeen, noteSent, noteStored } from './deliveries.ts';
import { failed, heard, newPane, noted, saying, sinceOf, type PaneState, type Way } from './pane-state.ts';
import { startPolling } from './polling-transport.ts';
import { openChatSocket } from './socket-transport.ts';
import type { ChatDoor, Transport, TransportListener } from './transport.ts';

/** After so long without an acknowledgement a message counts as lost, and may be sent again; ms. */
const patienceMs = 5000;

/** Where the room of a lab is. */
export type Room = Pick<ChatDoor, 'chat' | 'messages'>;

/** A client of the chat: what one pane is the face of. */
export class ChatClient {
  readonly $state: WritableAtom<PaneState>;
  /** Its last socket, with all that its script has seen. */
  readonly $witness = atom<Witness | undefined>(undefined);
  /** Who types, each with the timer after which it counts no more. */
  readonly #typists = new Map<string, ReturnType<typeof setTimeout>>();
  /** Ids have to differ from those of another tab that takes the same name later. */
  readonly #idBase = Math.random().toString(36).slice(2, 8);
  #said = 0;
  #typedAt = Number.NEGATIVE_INFINITY;
  #transport: Transport | undefined;
  #room: Room | undefined;

  constructor(name: string) {
    this.$state = atom(newPane(name));
  }

  /** Before it joins: its name. At any time: its way, and how often it polls. In the room, it comes back the new way. */
  choose(change: Partial<Pick<PaneState, 'name' | 'way' | 'pollMs'>>): void {
    this.$state.set({ ...this.$state.get(), ...change });
    const mustComeBack =
      change.way !== undefined || (change.pollMs !== undefined && this.$state.get().way === 'polling');
    if (mustComeBack && this.#transport && this.#room) this.join(this.#room);
  }

  join(room: Room): void {
    this.#transport?.close();
    this.#room = room;
    const { name, way, pollMs } = this.$state.get();
    this.#change({ status: 'joining' });
    const door = { ...room, name, since: sinceOf(this.$state.get()) };
    const listener = this.#listener(way);
    this.#transport =
      way === 'socket' ? openChatSocket(door, listener) : startPolling(door, pollMs, listener);
  }

  leave(): void {
    if (!this.#transport) return;
    this.#close();
    this.$state.set(noted(this.$state.get(), 'You have left'));
  }

  say(text: string): void {
    this.#typedAt = Number.NEGATIVE_INFINITY;
    if (this.#transport) this.#send(`${this.#idBase}-${String(++this.#said)}`, text);
  }

  /** Sends again what may be lost, under the id that it had: stored twice it will not be. */
  sayAgain(clientId: string): void {
    const lost = this.$state
      .get()
      .lines.find((line) => line.kind === 'pending' && line.clientId === clientId);
    if (this.#transport && lost?.kind === 'pending') this.#send(clientId, lost.text);
  }

  /** A key was pressed. */
  typing(): void {
    const now = performance.now();
    if (now - this.#typedAt < typingEveryMs) return;
    this.#typedAt = now;
    this.#transport?.typing();
  }

  /** Sends any text on its socket; does nothing where there is none. */
  sendRaw(text: string): void {
    this.#transport?.raw(text);
  }

  /** Leaves, and forgets all that was said. */
  forget(): void {
    this.#close();
    const { name, way, pollMs } = this.$state.get();
    this.$state.set({ ...newPane(name), way, pollMs });
    this.$witness.set(undefined);
  }

  #send(clientId: string, text: string): void {
    const { name, way } = this.$state.get();
    noteSent({ clientId, text, sender: name, sentBy: way, sentAt: performance.now() });
    this.$state.set(saying(this.$state.get(), { clientId, text }));
    this.#transport?.say({ clientId, text });
    setTimeout(() => {
      const why = `No acknowledgement for ${String(patienceMs / 1000)} s: it may be lost, or only its acknowledgement.`;
      this.$state.set(failed(this.$state.get(), why, clientId));
    }, patienceMs);
  }

  #listener(way: Way): TransportListener {
    return {
      heard: (event, askedAt) => {
        this.#measure(event, way, askedAt);
        this.$state.set(heard(this.$state.get(), event));
        if (event.type === 'typing') this.#forgetLater(event.name);
      },
      failed: (clientId, why) => {
        this.$state.set(failed(this.$state.get(), why, clientId));
      },
      troubled: (why) => {
        this.$state.set(noted(this.$state.get(), why, true));
      },
      ended: (why) => {
        this.#transport = undefined;
        this.#close();
        const unsure = 'The connection ended first: nobody here knows whether it was stored.';
        this.$state.set(noted(failed(this.$state.get(), unsure), why, true));
      },
      witnessed: (witness) => {
        this.$witness.set(witness);
      },
    };
  }

  /** When the messages of an event came, by the clock of this page. */
  #measure(event: ChatEvent, way: Way, askedAt: number | undefined): void {
    const at = performance.now();
    if (event.type === 'ack') noteStored(event.clientId, at);
    const messages = event.type === 'history' ? event.messages : event.type === 'message' ? [event] : [];
    for (const { clientId } of messages) {
      if (clientId !== undefined) noteSeen(clientId, { name: this.$state.get().name, way, at, askedAt });
    }
  }

  /** Who types counts as typing for a while, and is then forgotten. */
  #forgetLater(typist: string): void {
    clearTimeout(this.#typists.get(typist));
    const forget = (): void => {
      this.#typists.delete(typist);
      this.#change({ typing: this.$state.get().typing.filter((each) => each !== typist) });
    };
    this.#typists.set(typist, setTimeout(forget, typingLastsMs));
  }

  #close(): void {
    this.#transport?.close();
    this.#transport = undefined;
    for (const timer of this.#typists.values()) clearTimeout(timer);
    this.#typists.clear();
    this.#change({ status: 'out', members: [], typing: [] });
  }

  #change(change: Partial<PaneState>): void {
    this.$state.set({ ...this.$state.get(), ...change });
  }
}
