import { bestAlignment, type ClockReading } from '../../derive/clock-readings.ts';
import type { ClockAlignment } from '../../derive/align-clock.ts';
import { feedState } from '../../lab/feed-client.ts';

/** How often the sandbox is asked for the time. */
const questions = 12;

/** The page's clock: milliseconds since 1970, by a clock that nobody sets while the page is open. */
export const pageNow = (): number => performance.timeOrigin + performance.now();

/** Aligns the page's clock with the server's: some questions for the time, of which the quickest counts. */
export async function alignWithServer(labId: string): Promise<ClockAlignment> {
  const readings: ClockReading[] = [];
  for (let asked = 0; asked < questions; asked++) {
    const askedAt = pageNow();
    const { now } = await feedState(labId);
    readings.push({ askedAt, serverNow: now, answeredAt: pageNow() });
  }
  return bestAlignment(readings) ?? { offset: 0, error: Infinity };
}
