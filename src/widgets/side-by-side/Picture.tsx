import { useEffect, useRef } from 'react';
import type { PictureStep, TransportPicture } from '../../derive/transport-picture.ts';
import { formatBytes, formatMs } from '../../ui/units.ts';

export interface PictureProps {
  title: string;
  picture: TransportPicture | undefined;
  /** Zero of the times, in lab time, ms. What happened before it has a minus. */
  begin: number;
  /** What to do while there is nothing to see. */
  empty: string;
}

/** What crossed the wire, one row each: client left, server right, time down. The rows are in order, not to scale. */
export function Picture({ title, picture, begin, empty }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const steps = picture?.steps ?? [];
  useEffect(() => {
    const { current } = box;
    if (current) current.scrollTop = current.scrollHeight;
  }, [steps.length]);
  return (
    <section className="picture" aria-label={title}>
      <h3>{title}</h3>
      <p className="picture-ends">
        <span className="side-letter" data-side="client">
          C
        </span>
        <span>client</span>
        <span>server</span>
        <span className="side-letter" data-side="server">
          S
        </span>
      </p>
      {/* A box that scrolls must be reachable for the arrow keys. */}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex */}
      <div className="picture-box" ref={box} tabIndex={0} role="group" aria-label={`${title}, step by step`}>
        {steps.length === 0 && <p className="panel-note">{empty}</p>}
        <ol>
          {steps.map((step, index) => (
            <Step key={`${String(index)}.${step.kind}`} step={step} begin={begin} />
          ))}
        </ol>
      </div>
    </section>
  );
}

function Step({ step, begin }: { step: PictureStep; begin: number }) {
  const time = <span className="picture-time">{signedMs(step.at - begin)}</span>;
  if (!('from' in step)) {
    return (
      <li className="picture-tcp" data-kind={step.kind}>
        {time}
        <span>{tcpWords(step)}</span>
      </li>
    );
  }
  return (
    <li className="picture-arrow" data-from={step.from} data-side={step.from} data-kind={step.kind}>
      {time}
      <span className="picture-words">
        <span className="picture-says">
          <span className="sr-only">
            {step.from === 'client' ? 'client to server: ' : 'server to client: '}
          </span>
          {step.says}
        </span>
        <span className="picture-bytes">
          {formatBytes(step.headBytes)}
          {step.payloadBytes > 0 && ` + ${formatBytes(step.payloadBytes)}`}
        </span>
      </span>
      <span className="picture-line" aria-hidden="true" />
    </li>
  );
}

const signedMs = (milliseconds: number): string =>
  milliseconds < 0 ? `−${formatMs(-milliseconds)}` : formatMs(milliseconds);

function tcpWords(step: Exclude<PictureStep, { from: unknown }>): string {
  const name = `TCP connection ${String(step.conn)}`;
  switch (step.kind) {
    case 'opened':
      return `${name} opens`;
    case 'reused':
      return `${name}, open already, is used`;
    case 'ended':
      return `${name} ends: ${step.by}, ${step.how.toUpperCase()}`;
  }
}
