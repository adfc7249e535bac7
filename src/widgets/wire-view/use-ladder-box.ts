import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { geometryOf, type Geometry } from './geometry.ts';

/** The head of the ladder, which stays in sight, CSS pixels. */
const headHeight = 31;

/** What is in sight of a ladder. */
export interface LadderSight {
  /** How far it is scrolled, and how high it is, CSS pixels. */
  top: number;
  height: number;
  geometry: Geometry;
}

/** The box that a ladder scrolls in: keeps the newest rung in sight while it follows, and the selected one always. */
export function useLadderBox(
  count: number,
  selected: number,
  follows: boolean,
): { box: RefObject<HTMLDivElement | null>; view: LadderSight; setTop: (top: number) => void } {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<LadderSight>({ top: 0, height: 0, geometry: geometryOf(0) });
  const { geometry } = view;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const { scrollTop, clientHeight, clientWidth } = element;
      setView({ top: scrollTop, height: clientHeight, geometry: geometryOf(clientWidth) });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (follows && element) element.scrollTop = element.scrollHeight;
  }, [follows, count, geometry]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || selected < 0) return;
    const top = selected * geometry.rowHeight;
    const bottom = top + geometry.rowHeight + headHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  }, [selected, geometry]);

  const setTop = (top: number): void => {
    setView((current) => ({ ...current, top }));
  };
  return { box, view, setTop };
}
