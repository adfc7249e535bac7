/** What a race is run with. */
export interface RaceOptions {
  /** From the beginning of one short poll to the beginning of the next. */
  intervalMs: number;
  messagesPerSecond: number;
  /** Length of each message's payload. */
  payloadBytes: number;
  /** 0: evenly; 1: in bursts. */
  burstiness: number;
  /** What the link adds on each way, imposed by the sandbox. */
  latencyMs: number;
  /** The server keeps TCP connections for the next request. */
  keepAlive: boolean;
  /** Short polls name what they have, and may be answered with 304. */
  conditional: boolean;
}

/** An option that a slider sets: the values at which it stops, and how a value reads. */
export interface SliderOption {
  id: 'intervalMs' | 'messagesPerSecond' | 'payloadBytes' | 'burstiness' | 'latencyMs';
  /** Its name in the page's address. */
  parameter: string;
  label: string;
  stops: readonly number[];
  text: (value: number) => string;
}

/** A time of whole or half seconds or of ms. */
export const durationText = (ms: number): string => {
  if (ms < 1000) return `${String(ms)} ms`;
  if (ms < 60_000) return `${String(ms / 1000)} s`;
  return ms < 3_600_000 ? `${String(ms / 60_000)} min` : `${String(ms / 3_600_000)} h`;
};

/** A rate by the unit of time in which it is a whole number. */
export const rateText = (perSecond: number): string => {
  if (perSecond >= 1) return `${String(perSecond)} a second`;
  if (perSecond * 60 >= 0.999) return `${String(Math.round(perSecond * 60))} a minute`;
  return `${String(Math.round(perSecond * 3600))} an hour`;
};

export const sliderOptions: readonly SliderOption[] = [
  {
    id: 'intervalMs',
    parameter: 'interval',
    label: 'Poll interval',
    stops: [100, 250, 500, 1000, 2000, 3000, 5000, 10_000, 30_000],
    text: durationText,
  },
  {
    id: 'messagesPerSecond',
    parameter: 'rate',
    label: 'Messages',
    stops: [1 / 60, 0.1, 0.5, 1, 2, 5, 10, 20, 50],
    text: rateText,
  },
  {
    id: 'payloadBytes',
    parameter: 'size',
    label: 'Payload of each',
    stops: [16, 64, 256, 1024, 2048],
    text: (bytes) => `${bytes.toLocaleString('en')} bytes`,
  },
  {
    id: 'burstiness',
    parameter: 'bursts',
    label: 'Burstiness',
    stops: [0, 0.25, 0.5, 0.75, 1],
    text: (share) => (share === 0 ? 'none: evenly' : `${String(share * 100)} %`),
  },
  {
    id: 'latencyMs',
    parameter: 'delay',
    label: 'Delay each way',
    stops: [0, 10, 25, 50, 100, 250, 500, 1000],
    text: durationText,
  },
];

/** A chat as it is often built: a poll every three seconds. Messages at odd times, or all polls would catch the same ages. */
export const defaultOptions: Readonly<RaceOptions> = {
  intervalMs: 3000,
  messagesPerSecond: 1,
  payloadBytes: 64,
  burstiness: 0.5,
  latencyMs: 0,
  keepAlive: true,
  conditional: false,
};

/** The stop of a slider that is nearest to a value. */
const nearest = (stops: readonly number[], value: number): number =>
  stops.reduce((best, stop) => (Math.abs(stop - value) < Math.abs(best - value) ? stop : best));

/** The options in the part of an address behind `#`: only what differs from the defaults. */
export function optionsToHash(options: RaceOptions): string {
  const parameters = new URLSearchParams({ race: '' });
  for (const { id, parameter } of sliderOptions) {
    if (options[id] !== defaultOptions[id]) parameters.set(parameter, String(Number(options[id].toFixed(4))));
  }
  if (!options.keepAlive) parameters.set('keep-alive', 'off');
  if (options.conditional) parameters.set('conditional', 'on');
  return `#${parameters.toString().replace('race=', 'race')}`;
}

/** Reads options from such a part; what is missing or nonsense is as by default, other values go to the nearest stop. */
export function optionsFromHash(hash: string): RaceOptions {
  const options = { ...defaultOptions };
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  if (!parameters.has('race')) return options;
  for (const { id, parameter, stops } of sliderOptions) {
    const given = parameters.get(parameter);
    const value = given === null || given.trim() === '' ? Number.NaN : Number(given);
    if (Number.isFinite(value)) options[id] = nearest(stops, value);
  }
  options.keepAlive = parameters.get('keep-alive') !== 'off';
  options.conditional = parameters.get('conditional') === 'on';
  return options;
}
