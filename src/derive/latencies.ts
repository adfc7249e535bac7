/** A message that a listener has got. Both times by one clock, ms. */
export interface Arrival {
  id: number;
  bornAt: number;
  receivedAt: number;
}

/** How old messages were when a listener got them, and which it did not get. Times in ms. */
export interface LatencySummary {
  /** Different messages. */
  delivered: number;
  /** Messages that came again. */
  doubled: number;
  /** Messages with a lower id than the highest that came, and that did not come. */
  missed: number;
  /** The highest id that came; 0 before the first. */
  highestId: number;
  /** `undefined` before the first message. */
  mean: number | undefined;
  median: number | undefined;
  /** 95 of 100 messages were at most so old. */
  p95: number | undefined;
  max: number | undefined;
}

/** How many latencies are kept for the median and the distribution, the newest; the counts go on beyond. */
const mostKept = 20_000;

/** Keeps what a listener has got, by ids: counts for ever, latencies within a bound. */
export class ArrivalTally {
  readonly #ids = new Set<number>();
  readonly #latencies: number[] = [];
  #oldest = 0;
  #doubled = 0;
  #highestId = 0;
  #firstId = Infinity;
  #sum = 0;
  #max = -Infinity;
  #summary: LatencySummary | undefined;

  /** The first id that this listener was to hear is 1, or `firstId`. */
  constructor(firstId?: number) {
    if (firstId !== undefined) this.#firstId = firstId;
  }

  /** Latencies of different messages, ms, in no order. */
  get latencies(): readonly number[] {
    return this.#latencies;
  }

  add({ id, bornAt, receivedAt }: Arrival): void {
    this.#summary = undefined;
    if (this.#ids.has(id)) {
      this.#doubled++;
      return;
    }
    this.#ids.add(id);
    this.#highestId = Math.max(this.#highestId, id);
    this.#firstId = Math.min(this.#firstId, id);
    const latency = receivedAt - bornAt;
    this.#sum += latency;
    this.#max = Math.max(this.#max, latency);
    if (this.#latencies.length < mostKept) this.#latencies.push(latency);
    else this.#latencies[this.#oldest++ % mostKept] = latency;
  }

  /** The same object until something is added. */
  get summary(): LatencySummary {
    this.#summary ??= this.#summarise();
    return this.#summary;
  }

  #summarise(): LatencySummary {
    const delivered = this.#ids.size;
    const counts = { delivered, doubled: this.#doubled, highestId: this.#highestId };
    if (delivered === 0) {
      return { ...counts, missed: 0, mean: undefined, median: undefined, p95: undefined, max: undefined };
    }
    const sorted = Float64Array.from(this.#latencies).sort();
    return {
      ...counts,
      missed: this.#highestId - this.#firstId + 1 - delivered,
      mean: this.#sum / delivered,
      median: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      max: this.#max,
    };
  }
}

/** The smallest value that at least this share of the sorted values does not exceed (nearest rank). */
export const quantile = (sorted: ArrayLike<number>, share: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

/** A bin of a histogram: values from `from` up to, not including, `to`. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** Where the bins of a latency's distribution begin, ms: the same for all, so that they can be laid side by side. */
export const latencyEdges: readonly number[] = [
  0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000,
];

/** Counts values into bins; what lies below the first edge (clocks have errors) counts into the first bin. */
export function histogram(values: readonly number[], edges: readonly number[] = latencyEdges): Bin[] {
  const bins = edges.map((from, index): Bin => ({ from, to: edges[index + 1] ?? Infinity, count: 0 }));
  for (const value of values) {
    const at = bins.findLastIndex(({ from }) => from <= value);
    const bin = bins[Math.max(0, at)];
    if (bin) bin.count++;
  }
  return bins;
}
