import type { Connection, TimedFrame } from '../../../derive/connection.ts';
import { chunkPlace } from '../../../derive/chunk-place.ts';
import { meaningOfCloseCode } from '../../../protocol/close-code.ts';
import { readClosePayload } from '../../../protocol/close-payload.ts';
import { describeFrame } from '../../../protocol/describe-frame.ts';
import { Opcode } from '../../../protocol/opcode.ts';
import type { Violation } from '../../../protocol/violation.ts';
import { formatBytes, formatMs } from '../../../ui/units.ts';
import { BrokenRules } from './BrokenRules.tsx';

export interface FrameStoryProps {
  connection: Connection;
  timed: TimedFrame;
  /** The rules that it breaks. */
  violations: readonly Violation[];
}

/** A frame in a few sentences: who sent it, what it broke, how it crossed; of a Close, what its code means. */
export function FrameStory({ connection, timed, violations }: FrameStoryProps) {
  const { frame, from, index } = timed;
  return (
    <header className="frame-story">
      <p className="frame-title">
        <span className="side-letter" data-side={from} aria-hidden="true">
          {from === 'client' ? 'C' : 'S'}
        </span>
        <strong>
          Frame {index} of connection {connection.conn}:
        </strong>{' '}
        <code>{describeFrame(frame)}</code>
      </p>
      <BrokenRules violations={violations} range={frame.range} />
      {frame.opcode === Opcode.close && <CloseFacts payload={frame.payload} />}
      <p className="frame-facts">{carriageOf(connection, timed)}</p>
    </header>
  );
}

const senders = {
  either: 'Either side may send it.',
  client: 'Only a client sends it.',
  server: 'Only a server sends it.',
  nobody: 'Nobody may put it on the wire.',
} as const;

function CloseFacts({ payload }: { payload: Uint8Array }) {
  const { closeCode, closeReason } = readClosePayload(payload);
  if (closeCode === undefined) {
    return (
      <p className="frame-close">
        No close code: the other end&rsquo;s application is told 1005, which is never on the wire itself.{' '}
        <span className="section">RFC 6455 §7.1.5</span>
      </p>
    );
  }
  const meaning = meaningOfCloseCode(closeCode);
  return (
    <p className="frame-close">
      <strong>
        {closeCode}, {meaning.name}.
      </strong>{' '}
      {meaning.meaning} {senders[meaning.sentBy]} <span className="section">{meaning.registeredIn}</span>
      {closeReason !== '' && <> Reason: “{closeReason}”.</>}
    </p>
  );
}

/** How the bytes of a frame crossed: in how many pieces, when, and what else was in them. */
function carriageOf(connection: Connection, timed: TimedFrame): string {
  const { pieces, sharesWithPrevious } = chunkPlace(connection, timed);
  const { range, beganAt, at, due, isLost } = timed;
  const passage = (): string | false => {
    if (isLost) return 'never arrived';
    if (due === undefined) return 'still held by the link';
    return due - at >= 0.1 && `${formatMs(due - at)} on the link`;
  };
  const parts = [
    `${formatBytes(range.end - range.start)} on the wire`,
    piecesWords(pieces, at - beganAt),
    sharesWithPrevious && 'the first of which also carried what came before',
    passage(),
  ];
  return `${parts.filter((part) => part !== false).join(', ')}.`;
}

/** What entered the link at once and left it in pieces was cut by the link. */
function piecesWords(pieces: number, withinMs: number): string {
  if (pieces === 1) return 'in one piece';
  return withinMs === 0
    ? `cut by the link into ${String(pieces)} pieces`
    : `in ${String(pieces)} pieces within ${formatMs(withinMs)}`;
}
