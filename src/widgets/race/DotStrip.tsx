import { useEffect, useRef } from 'react';
import type { Way } from './ways.ts';
import type { Race } from './race.ts';

/** How much of the race a strip shows: its last so many ms. */
const windowMs = 15_000;

/** The ages that the strip tells apart: its lower and its upper edge, ms. */
const [youngest, oldest] = [1, 10_000];
const lines = [10, 100, 1000];

/** Where an age stands, 0 at the lower edge and 1 at the upper: each power of ten takes as much room. */
const heightOf = (latency: number): number =>
  Math.min(
    1,
    Math.max(0, Math.log10(Math.max(youngest, latency) / youngest) / Math.log10(oldest / youngest)),
  );

interface StripProps {
  way: Way;
  race: Race | undefined;
  isRunning: boolean;
  /** What the strip shows, in words. */
  summary: string;
}

/** The messages of one way as dots: when each came, from left to right, and how old it was, from below. */
export function DotStrip({ way, race, isRunning, summary }: StripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element || !race) return undefined;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const painter = createPainter(element);
    let frame = 0;
    let drawnAt = -Infinity;
    const draw = (time: number): void => {
      // Who wants less motion gets a new picture each second.
      if (!calm || time - drawnAt >= 1000) {
        painter.paint(race, way.id);
        drawnAt = time;
      }
      if (isRunning) frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      painter.dispose();
    };
  }, [race, way.id, isRunning]);

  return (
    <div className="dot-strip" data-way={way.id}>
      <canvas ref={canvas} role="img" aria-label={summary} />
      {lines.map((latency) => (
        <span
          key={latency}
          className="dot-line"
          style={{ bottom: `${String(heightOf(latency) * 100)}%` }}
          aria-hidden="true"
        >
          <span>{latency < 1000 ? `${String(latency)} ms` : '1 s'}</span>
        </span>
      ))}
    </div>
  );
}

/** Paints dots on a canvas at its size and in its colour, which both may change. */
function createPainter(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d');
  let colour = '';
  let ratio = 1;
  let repaint = (): void => undefined;
  const measure = (): void => {
    ratio = devicePixelRatio;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    colour = getComputedStyle(canvas).color;
    // A canvas of another size is an empty one.
    repaint();
  };
  measure();
  const sizes = new ResizeObserver(measure);
  sizes.observe(canvas);
  const themes = new MutationObserver(measure);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const paint = (race: Race, way: Way['id']): void => {
    repaint = () => {
      paint(race, way);
    };
    if (!context) return;
    const { dots, now } = race;
    const { width, height } = canvas;
    const radius = 2 * ratio;
    context.clearRect(0, 0, width, height);
    context.fillStyle = colour;
    context.globalAlpha = 0.75;
    dots[way].since(now - windowMs, (receivedAt, latency) => {
      const x = width * (1 - (now - receivedAt) / windowMs);
      const y = height - radius - heightOf(latency) * (height - 2 * radius);
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    });
  };
  return {
    paint,
    dispose() {
      sizes.disconnect();
      themes.disconnect();
    },
  };
}
