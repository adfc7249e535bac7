import { Acknowledgement } from '../../resilient-socket/acknowledgement.ts';
import { Backoff } from '../../resilient-socket/backoff.ts';
import { systemClock } from '../../resilient-socket/clock.ts';
import { Heartbeat } from '../../resilient-socket/heartbeat.ts';
import type { ResilientSocketOptions } from '../../resilient-socket/options.ts';
import { Reconnect } from '../../resilient-socket/reconnect.ts';
import { SendQueue } from '../../resilient-socket/send-queue.ts';
import { demand } from '../../resilient-socket/demand.ts';
import type { LabSettings, PartName } from './settings.ts';

/** What a resilient socket is given for these settings. */
export function optionsOf(settings: LabSettings): Partial<ResilientSocketOptions> {
  const { reconnect, heartbeat, queue, acknowledgement, resume, dedupe } = settings;
  return {
    reconnect: reconnect.isOn && bare(reconnect),
    heartbeat: heartbeat.isOn && bare(heartbeat),
    queue: queue.isOn && bare(queue),
    acknowledgement: acknowledgement.isOn && bare(acknowledgement),
    backPressure: false,
    resume: resume.isOn,
    dedupe: dedupe.isOn,
  };
}

function bare<Options extends object>({
  isOn,
  ...options
}: Options & { isOn: boolean }): Omit<Options, 'isOn'> {
  void isOn;
  return options;
}

const nothing = (): void => undefined;
const trials: Readonly<Record<PartName | 'run', (settings: LabSettings) => void>> = {
  run({ everyMs, lengthMs, lateMs, tokenMs }) {
    demand('everyMs', everyMs, 50, 10_000);
    demand('lengthMs', lengthMs, 1000, 120_000);
    demand('lateMs', lateMs, 1, 60_000);
    demand('tokenMs', tokenMs, 0, 120_000);
  },
  reconnect({ reconnect }) {
    new Backoff(reconnect);
    new Reconnect(reconnect, systemClock, Math.random, { connect: nothing, giveUp: nothing });
  },
  heartbeat({ heartbeat }) {
    new Heartbeat(heartbeat, systemClock, { ping: nothing, answered: nothing, dead: nothing });
  },
  queue({ queue }) {
    new SendQueue(queue, systemClock, nothing);
  },
  acknowledgement({ acknowledgement }) {
    new Acknowledgement(acknowledgement, systemClock, { resend: nothing, isHeldBack: () => false });
  },
  resume({ resume }) {
    demand('hold', resume.hold, 0, 100_000);
  },
  dedupe: nothing,
  renew: nothing,
};

/** What is wrong with the parameters of a part, in the words of the part itself; `undefined` where nothing is. */
export function refusalOf(part: PartName | 'run', settings: LabSettings): string | undefined {
  try {
    trials[part](settings);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
