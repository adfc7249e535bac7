import { parseChatEvent, type ChatEvent, type StoredMessage } from '../../src/contract/chat.ts';
import type { Sandbox } from '../../sandbox-server/sandbox.ts';
import type { TestLab } from './open-lab.ts';
import { connectWs, type WsClient, type WsClientOptions } from './ws-client.ts';

/** A member of a lab's chat. */
export interface ChatClient extends WsClient {
  /** The next thing that it is told. */
  heard(): Promise<ChatEvent>;
  /** The next thing of this type; what comes before it is passed over. */
  heardOf<Type extends ChatEvent['type']>(type: Type): Promise<Extract<ChatEvent, { type: Type }>>;
  /** Sends JSON. */
  say(message: object): void;
}

/** Joins the chat of a lab; what it is told first, its history, has been heard. */
export async function joinChat(
  sandbox: Pick<Sandbox, 'origin'>,
  lab: TestLab,
  name: string,
  options: WsClientOptions & { since?: number } = {},
): Promise<ChatClient & { history: readonly StoredMessage[]; members: readonly string[] }> {
  const { since, ...rest } = options;
  const query = `name=${encodeURIComponent(name)}${since === undefined ? '' : `&since=${String(since)}`}`;
  const client = await connectWs(sandbox, lab.path(`chat?${query}`), rest);
  const heard = async (): Promise<ChatEvent> => {
    const event = parseChatEvent(await client.next());
    if (!event.ok) throw new Error(`${event.field}: ${event.message}`);
    return event.value;
  };
  const heardOf = async <Type extends ChatEvent['type']>(
    type: Type,
  ): Promise<Extract<ChatEvent, { type: Type }>> => {
    for (;;) {
      const event = await heard();
      if (event.type === type) return event as Extract<ChatEvent, { type: Type }>;
    }
  };
  const { messages, members } = await heardOf('history');
  return {
    socket: client.socket,
    next: () => client.next(),
    get closed() {
      return client.closed;
    },
    heard,
    heardOf,
    say: (message) => {
      client.socket.send(JSON.stringify(message));
    },
    history: messages,
    members,
  };
}
