import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { sendProgress } from '../../derive/send-progress.ts';
import { Press } from '../../ui/Press.tsx';
import { Choices } from '../bench/Choices.tsx';
import { PressureChart, shortBytes } from './PressureChart.tsx';
import { makeEveryMs, messageBytes } from './sender.ts';
import { $sendRun, hangUp, sendIn, type SendRun } from './send-store.ts';
import { sendWays } from './send-ways.ts';

export interface SendPanelProps {
  labId: string | undefined;
  /** The path of the stream; `undefined` while there is no sandbox. */
  stream: string | undefined;
  connections: readonly Connection[];
}

/** The page makes more than the link takes: where is it meanwhile? */
export function SendPanel({ labId, stream, connections }: SendPanelProps) {
  const run = useStore($sendRun);
  const [chosen, setChosen] = useState('hope');
  const [problem, setProblem] = useState('');
  const way = sendWays.find(({ id }) => id === chosen);
  const connection = run && connections.find(({ path }) => path === run.path);
  const attempt = (what: Promise<unknown>): void => {
    setProblem('');
    what.catch((error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <div className="panel">
      <p className="panel-lead">
        {`The page makes up to ${String(1000 / makeEveryMs)} messages of ${shortBytes(messageBytes)} a second, for 8 seconds. The link lets 256 KiB of them pass.`}
      </p>
      <Choices
        legend="How does the page send?"
        name="send-way"
        choices={sendWays}
        chosen={chosen}
        onChoose={setChosen}
      />
      <p className="panel-says">{way?.says}</p>
      <div className="panel-row" role="group" aria-label="The sender">
        <Press
          primary
          label="Connect and send"
          disabled={labId === undefined || stream === undefined}
          onPress={() => {
            if (labId !== undefined && stream !== undefined && way) attempt(sendIn(way, labId, stream));
          }}
        />
        <Press
          label="Hang up"
          disabled={labId === undefined || run === undefined || run.phase === 'over'}
          onPress={() => {
            if (labId !== undefined) attempt(hangUp(labId));
          }}
        />
        <span className="panel-note" role="status">
          {run ? phaseWords[run.phase] : ''}
        </span>
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <PressureChart
        title={`bufferedAmount${run ? `, ${run.way.label.toLowerCase()}` : ''}`}
        lines={[{ name: 'bufferedAmount', look: 1, samples: run?.samples ?? [] }]}
        bounds={run?.way.highBytes === undefined ? [] : [{ label: 'watermark', bytes: run.way.highBytes }]}
      />
      <Whereabouts run={run} connection={connection} />
    </div>
  );
}

const phaseWords: Record<SendRun['phase'], string> = {
  opening: 'connecting …',
  making: 'making messages …',
  resting: 'makes no more; what is on its way goes on',
  over: 'hung up',
};

function Whereabouts({ run, connection }: { run: SendRun | undefined; connection: Connection | undefined }) {
  const progress = useMemo(() => connection && sendProgress(connection), [connection]);
  const tally = run?.tally;
  const entered = progress?.enteredBytes ?? 0;
  const arrived = progress?.arrivedBytes ?? 0;
  const between = Math.max(0, (tally?.handedBytes ?? 0) - (run?.bufferedAmount ?? 0) - entered);
  const behind = (tally?.made ?? 0) - (progress?.newest ?? 0);
  const facts: readonly (readonly [name: string, value: string, from: string])[] = [
    ['Made by the page', count(tally?.made), 'counted'],
    [
      'Wait in the page’s queue; replaced; refused',
      tally ? `${count(tally.waiting)}; ${count(tally.replaced)}; ${count(tally.refused)}` : '–',
      'counted',
    ],
    [
      'In the browser: bufferedAmount; peak',
      run ? `${shortBytes(run.bufferedAmount)}; ${shortBytes(run.peakBytes)}` : '–',
      'the API',
    ],
    ['In two kernels and between', run ? shortBytes(between) : '–', 'what is missing'],
    ['In the link', run ? shortBytes(Math.max(0, entered - arrived)) : '–', 'the wire log'],
    [
      'At the server: messages; bytes',
      run ? `${count(progress?.arrived ?? 0)}; ${shortBytes(arrived)}` : '–',
      'the wire log',
    ],
    [
      'Its newest is behind yours by',
      run ? `${count(behind)} messages, ${((behind * makeEveryMs) / 1000).toFixed(1)} s` : '–',
      'the numbers in them',
    ],
    [
      'Thrown away when you hung up',
      run?.leftBehind === undefined ? '–' : shortBytes(run.leftBehind),
      'the API',
    ],
  ];
  return (
    <section className="fact-list pressure-facts" aria-label="Where the messages are">
      <h3>Where the messages are</h3>
      <dl>
        {facts.map(([name, value, from]) => (
          <div key={name}>
            <dt>
              {name} <span className="fact-from">({from})</span>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const count = (value: number | undefined): string => (value === undefined ? '–' : value.toLocaleString('en'));
