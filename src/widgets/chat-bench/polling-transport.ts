import { isApiError } from '../../contract/api-error.ts';
import { parseChatPoll, parseStoredMessage, type Utterance } from '../../contract/chat.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import type { ChatDoor, Transport, TransportListener } from './transport.ts';

/**
 * Takes part by polling: asks for what is new, waits, and asks again. The next wait begins with the answer, so that slow
 * answers do not pile up; a page that nobody looks at does not ask.
 */
export function startPolling(door: ChatDoor, pollMs: number, listener: TransportListener): Transport {
  const { messages, name } = door;
  const leaving = new AbortController();
  let { since } = door;
  let isFirst = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const poll = async (): Promise<void> => {
    const askedAt = performance.now();
    const query = `?since=${String(since)}&as=${encodeURIComponent(name)}`;
    const answer = parseChatPoll(await call('GET', `${messages}${query}`, leaving.signal));
    if (!answer.ok) throw new Error(`${answer.field}: ${answer.message}`);
    const { messages: news, next, missed } = answer.value;
    since = next;
    if (isFirst) {
      listener.heard({ type: 'history', you: name, members: [name], messages: news, missed }, askedAt);
      isFirst = false;
      return;
    }
    for (const message of news) listener.heard({ type: 'message', ...message }, askedAt);
  };
  const goOn = async (): Promise<void> => {
    const startedAt = performance.now();
    try {
      if (document.visibilityState === 'visible') await poll();
    } catch (error) {
      if (leaving.signal.aborted) return;
      if (isFirst) {
        listener.ended(`The first poll failed: ${messageOf(error)}`);
        return;
      }
      listener.troubled(`A poll failed: ${messageOf(error)}`);
    }
    if (leaving.signal.aborted) return;
    timer = setTimeout(() => void goOn(), Math.max(0, pollMs - (performance.now() - startedAt)));
  };
  void goOn();

  const post = async ({ text, clientId }: Utterance): Promise<void> => {
    const stored = parseStoredMessage(await call('POST', messages, leaving.signal, { name, text, clientId }));
    if (!stored.ok) throw new Error(`${stored.field}: ${stored.message}`);
    const { id } = stored.value;
    if (clientId !== undefined) listener.heard({ type: 'ack', clientId, id });
    listener.heard({ type: 'message', ...stored.value });
  };
  return {
    say(utterance) {
      post(utterance).catch((error: unknown) => {
        if (!leaving.signal.aborted) listener.failed(utterance.clientId ?? '', messageOf(error));
      });
    },
    typing: () => undefined,
    raw: () => false,
    close() {
      leaving.abort();
      clearTimeout(timer);
    },
  };
}

async function call(method: string, path: string, signal: AbortSignal, body?: object): Promise<unknown> {
  const response = await fetch(new URL(path, sandboxOrigin()), {
    method,
    signal,
    cache: 'no-store',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new Error(isApiError(answer) ? answer.error.message : `HTTP ${String(response.status)}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
