import { useEffect, useState } from 'react';
import { advance, shownCount, untilCount, type Playback } from '../../derive/playback.ts';
import type { Rung } from '../../derive/rung.ts';

/** A playback of some rungs, and what may be done with it. */
export interface PlaybackControls {
  playback: Playback;
  /** How many rungs are shown. */
  count: number;
  follow: () => void;
  pause: () => void;
  /** Plays from where it stands; from the beginning where everything is shown. So many times slower than it was. */
  play: (slowdown: number) => void;
  /** Shows the first so many rungs, and stands still. */
  scrub: (count: number) => void;
}

/** Plays rungs; while it plays, it draws at the rate of the screen. */
export function usePlayback(rungs: readonly Rung[]): PlaybackControls {
  const [playback, setPlayback] = useState<Playback>({ mode: 'live' });
  const count = shownCount(rungs, playback);

  const isPlaying = playback.mode === 'playing';
  useEffect(() => {
    if (!isPlaying) return undefined;
    let previous = performance.now();
    let request = requestAnimationFrame(function draw(now) {
      const elapsed = now - previous;
      previous = now;
      setPlayback((current) => (current.mode === 'playing' ? advance(rungs, current, elapsed) : current));
      request = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(request);
    };
  }, [isPlaying, rungs]);

  return {
    playback,
    count,
    follow() {
      setPlayback({ mode: 'live' });
    },
    pause() {
      setPlayback({ mode: 'paused', until: untilCount(rungs, count) });
    },
    play(slowdown) {
      const from = count >= rungs.length ? 1 : Math.max(1, count);
      setPlayback({ mode: 'playing', until: untilCount(rungs, from), slowdown });
    },
    scrub(target) {
      setPlayback({ mode: 'paused', until: untilCount(rungs, target) });
    },
  };
}
