import { useStore } from '@nanostores/react';
import { useState } from 'react';
import type { Conditions } from '../../contract/conditions.ts';
import { conditionsSentence } from '../../derive/condition-words.ts';
import { Press } from '../../ui/Press.tsx';
import { Choices } from '../bench/Choices.tsx';
import { isOpenTo } from '../bench/echo-socket.ts';
import { experiments } from './experiments.ts';
import {
  $heartbeat,
  beat,
  burstCount,
  burstEveryMs,
  connectThrough,
  lift,
  middleSocket,
  sendBurst,
} from './middle-socket.ts';

export interface ExperimentsProps {
  labId: string | undefined;
  /** The path of the echo; `undefined` while there is no sandbox. */
  echo: string | undefined;
  conditions: Conditions;
}

/** What to put in the way, and what to do to the connection behind it. */
export function Experiments({ labId, echo, conditions }: ExperimentsProps) {
  const witness = useStore(middleSocket.$witness);
  const [chosen, setChosen] = useState('forgets');
  const [problem, setProblem] = useState<string>();
  const experiment = experiments.find(({ id }) => id === chosen);
  const isOpen = isOpenTo(witness, echo);
  const isPerfect = conditionsSentence(conditions) === 'Perfect link';
  const attempt = (what: Promise<unknown>): void => {
    what.then(
      () => {
        setProblem(undefined);
      },
      (error: unknown) => {
        setProblem(error instanceof Error ? error.message : String(error));
      },
    );
  };
  return (
    <div className="panel middle-panel">
      <Choices
        legend="What is in the middle?"
        name="middle"
        choices={experiments}
        chosen={chosen}
        onChoose={setChosen}
      />
      <p className="panel-says">{experiment?.says}</p>
      <div className="panel-row" role="group" aria-label="The connection">
        <Press
          primary
          label="Put it in the way, and connect"
          disabled={labId === undefined || echo === undefined}
          onPress={() => {
            if (labId !== undefined && echo !== undefined && experiment) {
              attempt(connectThrough(labId, echo, experiment));
            }
          }}
        />
        <Press
          label="Send a message"
          disabled={!isOpen}
          onPress={() => {
            middleSocket.say('Are you still there?');
          }}
        />
        <Press
          label={`Send ${String(burstCount)}, one every ${String(burstEveryMs)} ms`}
          disabled={!isOpen}
          onPress={sendBurst}
        />
        <Press label="Close" disabled={!isOpen} onPress={middleSocket.disconnect} />
        <Press
          label="Lift it"
          disabled={labId === undefined || isPerfect}
          onPress={() => {
            if (labId !== undefined) attempt(lift(labId));
          }}
        />
      </div>
      <HeartbeatChoice />
      <p className="panel-error" role="alert">
        {problem}
      </p>
    </div>
  );
}

const beats = [0, 1000, 2000, 4000];

function HeartbeatChoice() {
  const everyMs = useStore($heartbeat);
  return (
    <div className="panel-row">
      <label className="select-option">
        Heartbeat: the page sends a message{' '}
        <select
          value={everyMs}
          onChange={(event) => {
            beat(Number(event.target.value));
          }}
        >
          {beats.map((each) => (
            <option key={each} value={each}>
              {each === 0 ? 'never' : `every ${String(each / 1000)} s`}
            </option>
          ))}
        </select>
      </label>
      <span className="panel-note">It gives up after a second without an answer.</span>
    </div>
  );
}
