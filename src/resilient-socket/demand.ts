/** Refuses a parameter that makes no sense, by name. Throws `RangeError`. */
export function demand(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(
    `${name}: expected a number from ${String(least)} to ${String(most)}, got ${String(value)}`,
  );
}

/** A day, ms: no wait of a client is longer. */
export const dayMs = 86_400_000;
