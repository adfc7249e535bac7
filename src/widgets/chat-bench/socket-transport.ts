import { parseChatEvent } from '../../contract/chat.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { witnessSocket } from '../../lab/witness.ts';
import type { ChatDoor, Transport, TransportListener } from './transport.ts';

/** Joins the chat by a WebSocket. It does not come back by itself when it is lost: that is a lesson of its own. */
export function openChatSocket({ chat, name, since }: ChatDoor, listener: TransportListener): Transport {
  const address = socketAddress(`${chat}?name=${encodeURIComponent(name)}&since=${String(since)}`);
  let isOver = false;
  const witness = witnessSocket(address, [], (changed) => {
    listener.witnessed(changed);
  });
  const { socket } = witness;
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isOver) return;
    const event = parseChatEvent(String(data));
    if (event.ok) listener.heard(event.value);
    else
      listener.troubled(
        `The chat sent something that is not in its contract: ${event.field}: ${event.message}`,
      );
  });
  socket.addEventListener('close', ({ code, reason }) => {
    if (isOver) return;
    isOver = true;
    listener.ended(`The connection has ended: ${String(code)}${reason === '' ? '' : `, “${reason}”`}`);
  });
  const send = (text: string): boolean => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    witness.send(text);
    return true;
  };
  return {
    say(utterance) {
      if (!send(JSON.stringify({ type: 'message', ...utterance }))) {
        listener.failed(utterance.clientId ?? '', 'The connection is not open: it was not sent.');
      }
    },
    typing() {
      send(JSON.stringify({ type: 'typing' }));
    },
    raw: send,
    close() {
      isOver = true;
      witness.close(1000, 'left');
    },
  };
}
