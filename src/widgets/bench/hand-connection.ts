import { openRawBridge } from '../../lab/raw-bridge.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { freshKey, legalRequest, requestBytes } from '../handshake-bench/request-text.ts';

/** How long an answer is waited for, ms. */
const patienceMs = 5000;

/** A TCP connection over the raw bridge, on which the page plays the client byte by byte. */
export interface HandConnection {
  send: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Waits until what has come satisfies; throws an `Error` that names what did not come, and why. */
  until: (what: string, isThere: (received: Uint8Array) => boolean) => Promise<void>;
  /** How it ended, in the sandbox's own word. */
  readonly ended: Promise<string>;
  close: () => void;
}

/** Opens a raw bridge by its path, with its query; answers once the connection stands. `received` hears every piece. */
export async function connectByHand(
  bridge: string,
  received: (bytes: Uint8Array) => void = () => undefined,
): Promise<HandConnection> {
  let all: Uint8Array = new Uint8Array(0);
  let end: string | undefined;
  /** Called after each change. */
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of waiting) look();
  };
  let opened = false;
  let tellEnd: (reason: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    tellEnd = resolve;
  });
  const raw = openRawBridge(bridge, {
    opened() {
      opened = true;
      changed();
    },
    received(bytes) {
      all = joined(all, bytes);
      received(bytes);
      changed();
    },
    ended(reason) {
      end = reason;
      tellEnd(reason);
      changed();
    },
  });
  const wait = (what: string, isThere: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const done = (error?: Error): void => {
        clearTimeout(timer);
        waiting.delete(look);
        if (error) reject(error);
        else resolve();
      };
      const look = (): void => {
        if (isThere()) done();
        else if (end !== undefined) done(new Error(`The connection ended (${end}) before ${what}.`));
      };
      const timer = setTimeout(() => {
        done(new Error(`${String(patienceMs / 1000)} seconds have passed without ${what}. Try again.`));
      }, patienceMs);
      waiting.add(look);
      look();
    });
  await wait('the raw bridge opened', () => opened);
  return {
    send(bytes) {
      raw.send(bytes);
    },
    until: (what, isThere) => wait(what, () => isThere(all)),
    ended,
    close() {
      raw.close();
    },
  };
}

/** Sends a legal opening handshake for a path, and waits for the head of the answer. */
export async function shakeHands(connection: HandConnection, path: string): Promise<void> {
  const host = new URL(sandboxOrigin()).host;
  connection.send(requestBytes(legalRequest(path, host, freshKey())));
  await connection.until('the answer to the handshake', (received) => headLength(received) !== undefined);
}

/** How long the head is that the bytes begin with; `undefined` while its empty line has not come. */
export function headLength(bytes: Uint8Array): number | undefined {
  for (let at = 3; at < bytes.length; at++) {
    if (bytes[at] === 10 && bytes[at - 1] === 13 && bytes[at - 2] === 10 && bytes[at - 3] === 13) {
      return at + 1;
    }
  }
  return undefined;
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
