import type { Belief } from '../../derive/belief.ts';
import type { SourceFile } from './part-files.ts';

/** The parts that the code pane knows. */
export interface PartsOn {
  reconnect: boolean;
  heartbeat: boolean;
  queue: boolean;
  acknowledgement: boolean;
  resume: boolean;
  dedupe: boolean;
  renew: boolean;
}

/** Each file, with the parts of which one must be on for it to run. */
export const filesOfParts: readonly { file: SourceFile; parts: readonly (keyof PartsOn)[] }[] = [
  { file: 'reconnect.ts', parts: ['reconnect'] },
  { file: 'backoff.ts', parts: ['reconnect'] },
  { file: 'heartbeat.ts', parts: ['heartbeat'] },
  { file: 'send-queue.ts', parts: ['queue'] },
  { file: 'acknowledgement.ts', parts: ['acknowledgement'] },
  {
    file: 'outgoing.ts',
    parts: ['queue', 'acknowledgement', 'reconnect', 'heartbeat', 'resume', 'dedupe', 'renew'],
  },
  { file: 'resume.ts', parts: ['acknowledgement', 'heartbeat', 'resume', 'dedupe'] },
  { file: 'incoming.ts', parts: ['acknowledgement', 'heartbeat', 'resume', 'dedupe'] },
  { file: 'wire.ts', parts: ['renew'] },
];

/** Statements inside of a file that runs, which need a part of their own. */
export const statementsOfParts: readonly {
  file: SourceFile;
  piece: string;
  part: keyof PartsOn;
}[] = [
  { file: 'incoming.ts', piece: "if (reading === 'duplicate' && this.#options.dedupe) {", part: 'dedupe' },
  { file: 'incoming.ts', piece: 'if (this.#options.resume) {', part: 'resume' },
  { file: 'outgoing.ts', piece: 'if (acknowledgement) {', part: 'acknowledgement' },
];

/** A place in the code: the line of a file that holds this piece. */
export interface CodePlace {
  file: SourceFile;
  piece: string;
}

/** The line that acts when the script does, or is told, this. */
export const placeOfAct: Readonly<Partial<Record<Belief['what'], CodePlace>>> = {
  connecting: { file: 'reconnect.ts', piece: 'this.#wait(this.#attemptMs, () => {' },
  renewed: { file: 'wire.ts', piece: 'const url = await address();' },
  open: { file: 'reconnect.ts', piece: 'this.#openedAt = this.#clock.now();' },
  end: { file: 'reconnect.ts', piece: 'if (this.#isFinal(code))' },
  retry: { file: 'backoff.ts', piece: 'this.#random() * longest' },
  final: { file: 'reconnect.ts', piece: "{ final: 'limit reached' };" },
  beat: { file: 'heartbeat.ts', piece: 'this.#actions.answered(roundTripMs);' },
  dead: { file: 'heartbeat.ts', piece: 'this.#actions.dead();' },
  sent: {
    file: 'outgoing.ts',
    piece: 'this.#exit.transmit(this.#acknowledgement?.sent(message) ?? 0, message.data);',
  },
  queued: { file: 'send-queue.ts', piece: 'this.#messages.push(message);' },
  'handed over': { file: 'send-queue.ts', piece: 'return this.#remove(0);' },
  refused: { file: 'outgoing.ts', piece: "return { number, result: 'refused' };" },
  dropped: { file: 'send-queue.ts', piece: 'this.#dropped(dropped, why);' },
  acknowledged: { file: 'acknowledgement.ts', piece: 'const done = this.#doubtful.filter(' },
  applied: { file: 'resume.ts', piece: 'this.#position.offset = offset;' },
  'passed over': { file: 'resume.ts', piece: "return 'duplicate';" },
  snapshot: { file: 'incoming.ts', piece: "this.#entrance.tell('snapshot', envelope);" },
};

/** What happens all the time: the pane does not turn to its file for it. */
export const commonActs: ReadonlySet<Belief['what']> = new Set([
  'sent',
  'applied',
  'acknowledged',
  'beat',
  'queued',
]);
