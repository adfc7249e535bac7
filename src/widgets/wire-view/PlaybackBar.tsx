import { longestPauseMs } from '../../derive/playback.ts';
import type { PlaybackControls } from './use-playback.ts';

export interface PlaybackBarProps {
  controls: PlaybackControls;
  /** How many rungs there are. */
  total: number;
  /** What is replayed anyway, where the log is a recording: its name. */
  recording: string | undefined;
}

const speeds = [
  { slowdown: 1, label: '1×', words: 'at its real speed' },
  { slowdown: 10, label: '1/10', words: '10 times slower than it was' },
  { slowdown: 100, label: '1/100', words: '100 times slower than it was' },
] as const;

/** Follows, stops, scrubs and replays the ladder. A replay says that it is one. */
export function PlaybackBar({ controls, total, recording }: PlaybackBarProps) {
  const { playback, count } = controls;
  return (
    <div className="wire-playback" role="group" aria-label="Playback">
      {playback.mode === 'live' ? (
        <button type="button" className="bench-button quiet" disabled={total === 0} onClick={controls.pause}>
          Pause
        </button>
      ) : (
        <button type="button" className="bench-button quiet" onClick={controls.follow}>
          {recording === undefined ? 'Back to live' : 'Show all'}
        </button>
      )}
      <button
        type="button"
        className="bench-button quiet wire-step"
        disabled={total === 0}
        onClick={() => {
          controls.scrub(count >= total ? 1 : count + 1);
        }}
      >
        Replay step by step
      </button>
      <span className="wire-speeds">
        Replay
        {speeds.map(({ slowdown, label, words }) => (
          <button
            key={slowdown}
            type="button"
            className="bench-button quiet"
            aria-label={`Replay ${words}`}
            aria-pressed={playback.mode === 'playing' && playback.slowdown === slowdown}
            disabled={total === 0}
            onClick={() => {
              controls.play(slowdown);
            }}
          >
            {label}
          </button>
        ))}
      </span>
      <input
        type="range"
        className="wire-scrub"
        aria-label="Scrub through the log"
        aria-valuetext={`${String(count)} of ${String(total)}`}
        min={0}
        max={total}
        value={count}
        onChange={({ target }) => {
          controls.scrub(Number(target.value));
        }}
      />
      <span className="wire-mode" role="status" data-mode={playback.mode}>
        {modeWords(controls, total, recording)}
      </span>
    </div>
  );
}

function modeWords(
  { playback, count }: PlaybackControls,
  total: number,
  recording: string | undefined,
): string {
  const of = recording === undefined ? '' : ` of ${recording}`;
  switch (playback.mode) {
    case 'live':
      return recording === undefined ? `live, ${String(total)} events` : `replay${of}`;
    case 'paused':
      return `stopped${of}: ${String(count)} of ${String(total)} events`;
    case 'playing':
      return (
        `replay${of} ${speeds.find(({ slowdown }) => slowdown === playback.slowdown)?.words ?? ''}; ` +
        `pauses over ${String(longestPauseMs)} ms are cut`
      );
  }
}
