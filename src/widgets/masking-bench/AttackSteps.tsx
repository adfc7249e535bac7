import { useMemo, type ReactNode } from 'react';
import type { Connection, TimedFrame } from '../../derive/connection.ts';
import { hexText } from '../../derive/hex-text.ts';
import type { PoisoningRun } from '../../derive/poisoning-run.ts';
import { readAsHttp, type ReadLine } from '../../derive/read-as-http.ts';
import { byteText } from '../../ui/byte-text.ts';
import { formatBytes } from '../../ui/units.ts';
import type { Guess } from './AttackPanel.tsx';

/** The four steps of an attack with the bytes that crossed, and who was fooled. */
export function AttackSteps({ run, guess }: { run: PoisoningRun | undefined; guess: Guess | undefined }) {
  const answer = useMemo(() => (run ? readAsHttp('response', run.answer) : undefined), [run]);
  if (!run) {
    return (
      <p className="masking-empty attack">
        Run it. Four steps will appear here, each with the bytes that crossed: the handshake, the frame, the
        answer, the victim.
      </p>
    );
  }
  const { attack, passedOn, frame, frameAsHttp, victim } = run;
  const forged = frameAsHttp?.first !== undefined;
  return (
    <div className="attack">
      <p className="attack-verdict" data-outcome={run.outcome} role="status">
        {verdictOf(run)} {guessOf(run, guess)}
      </p>
      <p className="step-who">
        Lines as the proxy reads them: ▸ the head of a request or a response, = its body, · passed over.
      </p>
      <ol className="attack-steps">
        <Step title="The handshake" who="attacker’s page → proxy → attacker’s server">
          <Lines lines={firstLine(attack.request?.bytes)} />
          <Lines lines={firstLine(attack.response?.bytes)} />
          <p>
            {passedOn
              ? `The proxy passed on both: connection ${String(attack.conn)} on its one side, ${String(passedOn.conn)} on the other. To it a 101 is an answer like any other, and it reads on.`
              : 'The proxy has not passed it on yet.'}
          </p>
        </Step>
        <Step title="One frame" who="attacker’s page → proxy → attacker’s server">
          {frame ? (
            <>
              <FrameHex frame={frame} />
              <Lines lines={frameAsHttp?.lines ?? []} />
              <p>
                {forged
                  ? 'The proxy passes over what it does not know, and then finds a request for cdn.example.'
                  : 'The proxy finds no request in it: to it this is noise.'}
              </p>
            </>
          ) : (
            <p>It has not been sent yet.</p>
          )}
        </Step>
        <Step title="The answer, which is not a frame" who="attacker’s server → proxy → attacker’s page">
          <Lines lines={answer?.lines ?? []} />
          <p>
            {forged
              ? 'The proxy waits for an answer to GET /library.js. It takes this for that answer, and keeps it under cdn.example.'
              : 'The proxy has seen no question that this would answer. It passes it on and keeps nothing.'}
          </p>
        </Step>
        <Step title="Somebody else asks" who="victim → proxy">
          <Lines lines={victim?.request ? readAsHttp('request', victim.request.bytes).lines : []} />
          <Lines lines={answerOf(victim)} />
          <p>{victim ? 'X-Cache says whether the proxy had it: HIT or MISS.' : 'Not yet.'}</p>
        </Step>
      </ol>
    </div>
  );
}

function Step({ title, who, children }: { title: string; who: string; children: ReactNode }) {
  return (
    <li>
      <h3>{title}</h3>
      <p className="step-who">{who}</p>
      {children}
    </li>
  );
}

/** A frame's bytes in hex, field by field. */
function FrameHex({ frame: { frame, range } }: { frame: TimedFrame }) {
  return (
    <dl className="frame-hex">
      <dt>MASK, key</dt>
      <dd>
        <code>{frame.maskingKey ? `1, ${hexText(frame.maskingKey)}` : '0, none'}</code>
      </dd>
      <dt>payload, of {formatBytes(range.end - range.start)} in all</dt>
      <dd>
        <code>{hexText(frame.wirePayload)}</code>
      </dd>
    </dl>
  );
}

/** Lines as the proxy reads them; what it passes over is marked. */
function Lines({ lines }: { lines: readonly ReadLine[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="read-lines">
      {lines.map(({ bytes, part }, index) => (
        <li key={index} data-part={part}>
          <code>{byteText(bytes, { invisible: false }) || '(empty line)'}</code>
          <span className="sr-only">{partWords[part]}</span>
        </li>
      ))}
    </ul>
  );
}

/** The victim's whole answer. */
function answerOf(victim: Connection | undefined): ReadLine[] {
  if (!victim?.response) return [];
  const { response, responseBody } = victim;
  return readAsHttp('response', Uint8Array.from([...response.bytes, ...responseBody])).lines;
}

const partWords: Record<ReadLine['part'], string> = {
  head: ', read as a head',
  body: ', read as a body',
  none: ', passed over',
};

const firstLine = (head: Uint8Array | undefined): ReadLine[] =>
  head ? [{ bytes: head.subarray(0, head.indexOf(10) + 1), part: 'head' }] : [];

function verdictOf({ outcome, frame }: PoisoningRun): string {
  switch (outcome) {
    case 'waiting':
      return 'Under way …';
    case 'poisoned':
      return frame?.frame.masked === true
        ? '✗ The victim was fooled: the frame is masked, but whoever knows the key decides what is on the wire.'
        : '✗ The victim was fooled: it asked cdn.example and got the attacker’s script.';
    case 'spared':
      return '✓ Nobody was fooled: the victim got the genuine library.';
  }
}

function guessOf({ outcome }: PoisoningRun, guess: Guess | undefined): string {
  if (guess === undefined || outcome === 'waiting') return '';
  return (guess === 'the victim') === (outcome === 'poisoned') ? 'As you guessed.' : 'You guessed otherwise.';
}
