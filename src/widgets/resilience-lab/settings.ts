import type { AcknowledgementOptions } from '../../resilient-socket/acknowledgement.ts';
import type { HeartbeatOptions } from '../../resilient-socket/heartbeat.ts';
import type { ReconnectOptions } from '../../resilient-socket/reconnect.ts';
import type { QueueOptions } from '../../resilient-socket/send-queue.ts';

type Switched<Options> = { isOn: boolean } & Options;

/** How a run of the lab is to be: what the client does, what the network does, how fast and how long. */
export interface LabSettings {
  /** Time between two messages, of either side, ms. */
  everyMs: number;
  lengthMs: number;
  /** A message that is applied later than so long after its sender gave it counts as late, ms. */
  lateMs: number;
  /** The server asks for a token, which lasts so long, ms; 0: it asks for none. */
  tokenMs: number;
  /** The fault script that runs along; empty where conditions are set by hand, or none are. */
  script: string;
  /** A client as found on the web, in the place of one with parts; empty: none. */
  found: string;
  reconnect: Switched<
    Pick<ReconnectOptions, 'firstMs' | 'baseMs' | 'capMs' | 'jitter' | 'limit' | 'stableMs' | 'attemptMs'>
  >;
  heartbeat: Switched<HeartbeatOptions>;
  queue: Switched<QueueOptions>;
  acknowledgement: Switched<AcknowledgementOptions>;
  /** `hold`: so many missed messages at most the server sends again. */
  resume: Switched<{ hold: number }>;
  dedupe: Switched<object>;
  /** A fresh token for each attempt; without it the first one is used for all. */
  renew: Switched<object>;
}

/** The parts that can be switched. */
export const partNames = [
  'reconnect',
  'heartbeat',
  'queue',
  'acknowledgement',
  'resume',
  'dedupe',
  'renew',
] as const;
export type PartName = (typeof partNames)[number];

/** A bare WebSocket on a perfect link: every part is off, with parameters fit for a run of some seconds. */
export const bareSettings: Readonly<LabSettings> = {
  everyMs: 200,
  lengthMs: 20_000,
  lateMs: 1000,
  tokenMs: 0,
  script: '',
  found: '',
  reconnect: {
    isOn: false,
    firstMs: 1000,
    baseMs: 500,
    capMs: 5000,
    jitter: 'full',
    limit: 20,
    stableMs: 2000,
    attemptMs: 10_000,
  },
  heartbeat: { isOn: false, everyMs: 1000, deadlineMs: 1000 },
  queue: { isOn: false, maxMessages: 500, maxBytes: 65_536, whenFull: 'refuse', timeToLiveMs: 60_000 },
  acknowledgement: { isOn: false, maxUnacknowledged: 100, resendAfterMs: 1000 },
  resume: { isOn: false, hold: 1000 },
  dedupe: { isOn: false },
  renew: { isOn: false },
};

/** The same settings with just these parts on. */
export function withParts(settings: LabSettings, on: readonly PartName[]): LabSettings {
  const next: LabSettings = { ...settings };
  for (const name of partNames)
    Object.assign(next, { [name]: { ...settings[name], isOn: on.includes(name) } });
  return next;
}

/** The parts that are on. */
export const partsOn = (settings: LabSettings): PartName[] => partNames.filter((name) => settings[name].isOn);

/** Whether no part is on: the run then uses a bare WebSocket. */
export const isBare = (settings: LabSettings): boolean => partsOn(settings).length === 0;
