import { wireSubprotocol } from '../contract/lab.ts';
import { parseWireEvents, type WireEvent } from '../contract/wire-event.ts';
import { socketAddress } from './sandbox-origin.ts';

/** What one attempt to follow a log ended with: `never opened` may mean a lab that is gone or a sandbox that is. */
export type ChannelEnd = 'never opened' | 'lost';

/** A wire channel that is open or opening. */
export interface WireChannel {
  close(): void;
}

/** What a wire channel tells whoever opened it. */
export interface WireChannelListener {
  opened(): void;
  received(events: WireEvent[]): void;
  /** Once, unless `close()` was called first. */
  ended(how: ChannelEnd): void;
}

/**
 * Follows the wire log of a lab from the event after `since`. One connection, no retries: whoever opened it knows
 * where to go on. A message that is not of the contract ends the channel, since going on would hide a hole.
 */
export function openWireChannel(labId: string, since: number, listener: WireChannelListener): WireChannel {
  const address = socketAddress(`/labs/${encodeURIComponent(labId)}/wire?since=${String(since)}`);
  const socket = new WebSocket(address, wireSubprotocol);
  let wasOpen = false;
  let over = false;

  socket.onopen = () => {
    wasOpen = true;
    listener.opened();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (over) return;
    const events = typeof data === 'string' ? parseWireEvents(data) : undefined;
    if (events?.ok) listener.received(events.value);
    else socket.close(4000, 'not a message of ws101.wire.v1');
  };
  socket.onclose = () => {
    if (over) return;
    over = true;
    listener.ended(wasOpen ? 'lost' : 'never opened');
  };

  return {
    close() {
      over = true;
      socket.close(1000);
    },
  };
}
