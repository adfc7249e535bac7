import { useStore } from '@nanostores/react';
import { useState } from 'react';
import sample from '../../../lessons/samples/attack-frame.js?raw';
import type { PoisoningRun } from '../../derive/poisoning-run.ts';
import { AttackSteps } from './AttackSteps.tsx';
import { $attack, runAttack, type Way } from './masking-store.ts';

export interface AttackPanelProps {
  services: Readonly<Record<string, string>> | undefined;
  run: PoisoningRun | undefined;
}

const wayWords: Record<Way, string> = {
  off: 'Off',
  fresh: 'On, with a fresh key',
  known: 'On, but the attacker knows the key',
};
const ways = Object.keys(wayWords) as Way[];

/** The attack that masking was made for, replayed against a proxy that does not know WebSocket (RFC 6455 §10.3). */
export function AttackPanel({ services, run }: AttackPanelProps) {
  const attack = useStore($attack);
  const [way, setWay] = useState<Way>('off');
  const [guesses, setGuesses] = useState<Partial<Record<Way, Guess>>>({});
  const { raw, attacker } = services ?? {};
  const isReady = raw !== undefined && attacker !== undefined && attack.stage !== 'running';
  return (
    <div className="panel">
      <fieldset className="troubles">
        <legend>Masking at the attacker&rsquo;s page</legend>
        {ways.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="masking-way"
              checked={way === each}
              onChange={() => {
                setWay(each);
              }}
            />
            {wayWords[each]}
          </label>
        ))}
      </fieldset>
      <pre className="way-code" aria-label="The lines that make this frame">
        {codeOf(way)}
      </pre>
      <GuessField
        key={way}
        guess={guesses[way]}
        onGuess={(guess) => {
          setGuesses({ ...guesses, [way]: guess });
        }}
      />
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={!isReady}
          onClick={() => {
            if (raw !== undefined && attacker !== undefined) void runAttack(way, { raw, attacker });
          }}
        >
          Run the attack
        </button>
        <span className="imposed">Imposed: a caching proxy of 2010 in the way, emptied before each run</span>
      </div>
      <p className="panel-error" role="alert">
        {attack.stage === 'failed' && attack.reason}
      </p>
      <AttackSteps run={run} guess={run && guesses[wayOf(run)]} />
    </div>
  );
}

/** Whom the learner expects to get the attacker's script. */
export type Guess = 'the victim' | 'nobody';

function GuessField({ guess, onGuess }: { guess: Guess | undefined; onGuess: (guess: Guess) => void }) {
  return (
    <fieldset className="prediction">
      <legend>
        Guess first: a victim then asks the same proxy for the library of <code>cdn.example</code>. Who gets
        the attacker&rsquo;s script?
      </legend>
      <div className="guesses">
        {(['the victim', 'nobody'] as const).map((option) => (
          <label key={option}>
            <input
              type="radio"
              name="attack-guess"
              checked={guess === option}
              onChange={() => {
                onGuess(option);
              }}
            />
            {option}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Which way a run went, by its frame. */
function wayOf({ frame, frameAsHttp }: PoisoningRun): Way {
  if (frame?.frame.masked !== true) return 'off';
  return frameAsHttp?.first ? 'known' : 'fresh';
}

/** The lines of the sample that make this way's frame, with the comment above them. */
function codeOf(way: Way): string {
  const lines = sample.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`  ${way}: `));
  const begin = lines[at - 1]?.trimStart().startsWith('//') === true ? at - 1 : at;
  const end = lines.findIndex((line, index) => index >= at && /^( {2}\},?|.*\),)$/.test(line));
  return lines
    .slice(begin, end + 1)
    .map((line) => line.slice(2))
    .join('\n');
}
