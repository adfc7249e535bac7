import { useMemo } from 'react';
import { sendPlan } from '../../derive/send-plan.ts';
import { judgeStream, type StreamVerdict } from '../../derive/stream-verdict.ts';
import type { PendingFrame } from '../../protocol/frame.ts';
import { formatBytes } from '../../ui/units.ts';
import { frameLine } from './describe-bytes.ts';

/** How the standard reads the tray before it is sent: frame by frame, with the rules that each breaks. */
export function Reading({ frames }: { frames: readonly Uint8Array[] }) {
  const verdict = useMemo(() => {
    const [all = new Uint8Array(0)] = sendPlan(frames, { kind: 'together' });
    return judgeStream(all, 'client');
  }, [frames]);
  return (
    <section className="reading" aria-label="How a server has to read it">
      <h3>
        How a server has to read it{' '}
        <span className="reading-sum" data-ok={verdict.broken.length === 0}>
          {sumOf(verdict)}
        </span>
      </h3>
      <ReadingList verdict={verdict} />
    </section>
  );
}

/** So many frames are listed: a paste may hold tens of thousands. */
const mostFrames = 12;

/** The frames that a receiver reads, each with the rules that it breaks, and what it still waits for. */
function ReadingList({ verdict }: { verdict: StreamVerdict }) {
  const { frames, pending, isMessageOpen, broken } = verdict;
  const rules = (frameIndex: number) =>
    broken
      .filter((violation) => violation.frameIndex === frameIndex)
      .map(({ rule, found }) => (
        <span key={rule.id} className="broken-rule">
          <span aria-hidden="true">✗</span> Broken: {rule.says} Found: {found}. Calls for{' '}
          <strong>{rule.closeCode}</strong>. <span className="section">{rule.section}</span>
        </span>
      ));
  return (
    <ol className="reading-list">
      {frames.slice(0, mostFrames).map((frame, index) => (
        <li key={index}>
          <code>{frameLine(frame)}</code>
          {rules(index)}
        </li>
      ))}
      {frames.length > mostFrames && (
        <li>
          … and {(frames.length - mostFrames).toLocaleString('en')} more frames, in which{' '}
          {broken.filter(({ frameIndex }) => frameIndex >= mostFrames).length.toLocaleString('en')} rules are
          broken.
        </li>
      )}
      {pending && (
        <li>
          <code>{formatBytes(pending.range.end - pending.range.start)} of a frame</code>
          <span>{pendingSays(pending)}</span>
          {rules(frames.length)}
        </li>
      )}
      {isMessageOpen && !pending && <li>The message is not finished: no fragment with FIN has come yet.</li>}
    </ol>
  );
}

function sumOf({ broken, pending }: StreamVerdict): string {
  const [first] = broken;
  if (first) return `✗ illegal: fail with ${String(first.rule.closeCode)}`;
  return pending ? '… not whole' : '✓ legal';
}

function pendingSays({ header, missingBytes }: PendingFrame): string {
  if (header.payloadLength === undefined)
    return 'Its header is not whole: a server waits for the rest of it.';
  const count =
    missingBytes > Number.MAX_SAFE_INTEGER
      ? 'more bytes than JavaScript can count'
      : `${formatBytes(missingBytes)} more`;
  return `Its header promises ${count}: a server waits for them, and takes whatever comes next for them.`;
}
