import { CloseCode } from './close-code.ts';
import { readClosePayload } from './close-payload.ts';
import type { Frame } from './frame.ts';
import { Opcode } from './opcode.ts';
import type { Side } from './side.ts';

/** A Close frame as one side sent it. */
export interface SentClose {
  from: Side;
  /** `undefined` where its body is empty. */
  closeCode: number | undefined;
  closeReason: string;
  frame: Frame;
}

/** How the TCP connection ended, by the wire. `link` is the network between. */
export interface TcpEnd {
  by: Side | 'link';
  how: 'fin' | 'rst';
}

/** What an endpoint reports to its application (RFC 6455 §7.1.4-§7.1.6; WHATWG: the `close` event). */
export interface CloseReport {
  closeCode: number;
  closeReason: string;
  wasClean: boolean;
}

/**
 * `open`: no Close frame yet. `closing`: one side has sent a Close frame (§7.1.3). `closed`: both have, TCP is still up
 * (§7.1.2). `ended`: TCP is gone (§7.1.4).
 */
export type ClosingState = 'open' | 'closing' | 'closed' | 'ended';

/** The other peer. */
const peerOf = (side: Side): Side => (side === 'client' ? 'server' : 'client');

/**
 * The closing handshake of a connection, as somebody on the wire sees it (RFC 6455 §7.1): who began it, whether it was
 * completed, who ended TCP, and what either endpoint can know of it. What was sent counts as received, unless `lose` says
 * otherwise. Both sides may close on their own and at once; then each reports the code of the other (§7.1.5).
 */
export class ClosingHandshake {
  readonly #closes: Record<Side, SentClose | undefined> = { client: undefined, server: undefined };
  /** A side's Close frame that never reached the other one. */
  readonly #isLost: Record<Side, boolean> = { client: false, server: false };
  #startedBy: Side | undefined;
  #end: TcpEnd | undefined;

  /** Takes the frames of both sides in the order of the wire. Only the first Close frame of a side counts (§7.1.5). */
  readFrame(from: Side, frame: Frame): void {
    if (frame.opcode !== Opcode.close || this.#closes[from] || this.#end) return;
    const { closeCode, closeReason } = readClosePayload(frame.payload);
    this.#closes[from] = { from, closeCode, closeReason, frame };
    this.#startedBy ??= from;
  }

  /** The Close frame of a side did not reach the other. */
  lose(from: Side): void {
    this.#isLost[from] = true;
  }

  /** TCP has ended: the first end counts, what follows is the other side's answer to it. */
  readEnd(end: TcpEnd): void {
    this.#end ??= end;
  }

  get state(): ClosingState {
    if (this.#end) return 'ended';
    if (this.#closes.client && this.#closes.server) return 'closed';
    return this.#startedBy ? 'closing' : 'open';
  }

  /** Who sent the first Close frame. */
  get startedBy(): Side | undefined {
    return this.#startedBy;
  }

  /** The Close frame of a side, if it sent one. */
  closeOf(side: Side): SentClose | undefined {
    return this.#closes[side];
  }

  /** How TCP ended, once it has. §7.1.1: in most normal cases the server should end it first. */
  get tcpEnd(): TcpEnd | undefined {
    return this.#end;
  }

  /** Both sides have sent a Close frame and received the other's (§7.1.4). */
  get wasClean(): boolean {
    return this.#hasReceived('client') && this.#hasReceived('server');
  }

  /** What an endpoint reports once TCP has ended, by all that the wire shows; `undefined` before. */
  reportOf(side: Side): CloseReport | undefined {
    if (!this.#end) return undefined;
    const received = this.#hasReceived(side) ? this.#closes[peerOf(side)] : undefined;
    // §7.1.5: without a Close frame 1006, without a code in it 1005. §7.1.7: over a broken one the endpoint fails.
    if (!received || received.frame.violations.length > 0) {
      return { closeCode: CloseCode.abnormalClosure, closeReason: '', wasClean: false };
    }
    return {
      closeCode: received.closeCode ?? CloseCode.noStatusReceived,
      closeReason: received.closeReason,
      wasClean: this.#closes[side] !== undefined,
    };
  }

  #hasReceived(side: Side): boolean {
    const peer = peerOf(side);
    return this.#closes[peer] !== undefined && !this.#isLost[peer];
  }
}
