import { useStore } from '@nanostores/react';
import { useEffect } from 'react';
import { StopSlider } from './StopSlider.tsx';
import { optionsFromHash, optionsToHash, sliderOptions, type RaceOptions } from './race-options.ts';
import { $options, $race, startRace, stopRace } from './race-store.ts';

/** Takes new options, and writes them into the page's address, so that a run can be linked. */
function choose(change: Partial<RaceOptions>): void {
  const options = { ...$options.get(), ...change };
  $options.set(options);
  history.replaceState(history.state, '', optionsToHash(options));
}

/** What a race is run with, and its beginning and end. Nothing can be changed while it runs: one run, one setting. */
export function RaceControls({ labId }: { labId: string | undefined }) {
  const options = useStore($options);
  const { phase, problem } = useStore($race);
  const isIdle = phase === 'idle' || phase === 'over';

  useEffect(() => {
    const read = (): void => {
      if (/^#race\b/.test(location.hash)) $options.set(optionsFromHash(location.hash));
    };
    read();
    addEventListener('hashchange', read);
    return () => {
      removeEventListener('hashchange', read);
    };
  }, []);

  return (
    <div className="race-controls">
      <div className="race-sliders">
        {sliderOptions.map(({ id, label, stops, text }) => (
          <StopSlider
            key={id}
            label={label}
            stops={stops}
            text={text}
            value={options[id]}
            disabled={!isIdle}
            onChange={(value) => {
              choose({ [id]: value });
            }}
          />
        ))}
      </div>
      <Switches options={options} disabled={!isIdle} />
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={labId === undefined || !isIdle}
          onClick={() => {
            if (labId !== undefined) void startRace(labId);
          }}
        >
          Start the race
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={phase !== 'running'}
          onClick={() => {
            void stopRace();
          }}
        >
          Stop
        </button>
        <RaceClock />
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
    </div>
  );
}

/** The options that are on or off. */
function Switches({ options, disabled }: { options: RaceOptions; disabled: boolean }) {
  return (
    <div className="panel-row">
      <label className="check">
        <input
          type="checkbox"
          checked={options.keepAlive}
          disabled={disabled}
          onChange={(event) => {
            choose({ keepAlive: event.target.checked });
          }}
        />
        Keep TCP connections for the next poll
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={options.conditional}
          disabled={disabled}
          onChange={(event) => {
            choose({ conditional: event.target.checked });
          }}
        />
        Conditional short polls (If-None-Match)
      </label>
    </div>
  );
}

/** How long the race has run, and how well the clocks are aligned. */
function RaceClock() {
  const { phase, view } = useStore($race);
  return (
    <span className="panel-note race-clock">
      <span role="status">{phaseText[phase]}</span>
      {view && (
        <>
          {' '}
          {(view.elapsedMs / 1000).toFixed(0)} s, {view.feed.lastId} messages made. The two clocks agree to ±
          {view.clock.error.toFixed(1)} ms.
        </>
      )}
    </span>
  );
}

const phaseText = {
  idle: 'Ready.',
  starting: 'The clocks are being aligned …',
  running: 'The race runs:',
  stopping: 'The race ends:',
  over: 'The race is over:',
} as const;
