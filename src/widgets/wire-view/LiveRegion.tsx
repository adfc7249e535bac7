import { useEffect, useRef, useState } from 'react';
import { announcement } from '../../derive/announcement.ts';
import type { Rung } from '../../derive/rung.ts';

/** A screen reader is told something at most this often, ms. */
const silenceMs = 2000;

/** Tells a screen reader what happens on the wire, and does not chatter. What was there before is not told. */
export function LiveRegion({ rungs }: { rungs: readonly Rung[] }) {
  const [text, setText] = useState('');
  const told = useRef<{ count: number; at: number }>(undefined);

  useEffect(() => {
    told.current ??= { count: rungs.length, at: -Infinity };
    const { count, at } = told.current;
    if (rungs.length < count) told.current.count = rungs.length;
    if (rungs.length <= count) return undefined;
    const timer = setTimeout(
      () => {
        setText(announcement(rungs.slice(count)));
        told.current = { count: rungs.length, at: performance.now() };
      },
      Math.max(0, at + silenceMs - performance.now()),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [rungs]);

  return (
    <div className="sr-only" role="log" aria-live="polite" aria-atomic="true">
      {text}
    </div>
  );
}
