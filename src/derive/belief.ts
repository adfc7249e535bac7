/** What a page's script did or was told of a numbered stream. `at` is ms by the page's own clock (`performance.now()`). */
export type Belief = { at: number } & (
  | SendBelief
  | AttemptBelief
  /** A message of the server was given to the application. */
  | { what: 'applied'; data: string }
  /** A message of the server that had been applied before was passed over. */
  | { what: 'passed over'; offset: number }
  /** The server no longer holds what was missed: this stands for all that it has made up to now. */
  | { what: 'snapshot'; data: string }
);

/** What the script knows of a message of its own; `number` counts 1, 2, 3 … within a run. */
type SendBelief =
  /** `send()` has taken it, for the network. */
  | { what: 'sent'; number: number }
  /** It waits in the queue. */
  | { what: 'queued'; number: number }
  /** It has waited, and was handed to the socket. */
  | { what: 'handed over'; number: number }
  /** It was not taken: `send()` threw, or answered so. */
  | { what: 'refused'; number: number; why: string }
  /** It was taken, and let go without being sent. */
  | { what: 'dropped'; number: number; why: string }
  /** The server's program says that it has it. */
  | { what: 'acknowledged'; number: number };

/** What the script knows of its connections. */
type AttemptBelief =
  /** An attempt begins; `why` where somebody asked for it. */
  | { what: 'connecting' }
  /** The address for it has come, with a fresh token in it. */
  | { what: 'renewed' }
  | { what: 'open' }
  | { what: 'end'; code: number; reason: string; wasClean: boolean }
  /** It will be tried again after so long. */
  | { what: 'retry'; attempt: number; delayMs: number }
  /** It will not be tried again. */
  | { what: 'final'; why: string }
  /** The heartbeat was answered after so long. */
  | { what: 'beat'; roundTripMs: number }
  /** The heartbeat was not answered: the connection is given up. */
  | { what: 'dead' }
  /** An error that nothing in the script has caught. */
  | { what: 'threw'; message: string };

/** The text of message `number` of a page in the run of that mark: what it sends, and what the server's program takes. */
export const messageText = (mark: string, number: number): string => `${mark} ${String(number)}`;

/** The number of a message of that run; `undefined` of a text that is none. */
export function messageNumber(mark: string, text: string): number | undefined {
  if (!text.startsWith(`${mark} `)) return undefined;
  const digits = text.slice(mark.length + 1);
  return /^[1-9][0-9]{0,8}$/.test(digits) ? Number(digits) : undefined;
}
