import type { FaultScript } from './fault-script.ts';

const seconds = (count: number): number => count * 1000;

/** Fault scripts named for life, by the name under which `POST /labs/<id>/script` takes them. */
export const faultPresets: Readonly<Record<string, FaultScript>> = {
  'train-tunnel': {
    name: 'Train tunnel',
    steps: [
      { at: 0, what: { conditions: { latencyMs: 80, jitterMs: 60 } }, for: seconds(20) },
      { at: seconds(4), what: { conditions: { lossPercent: 20 } }, for: seconds(2) },
      { at: seconds(6), what: { conditions: { frozen: 'both' } }, for: seconds(8) },
      { at: seconds(14), what: { conditions: { lossPercent: 10 } }, for: seconds(3) },
    ],
  },
  'hotel-wifi': {
    name: 'Hotel wifi',
    steps: [
      {
        at: 0,
        what: { conditions: { latencyMs: 60, jitterMs: 150, lossPercent: 3, bytesPerSecond: 20_000 } },
        for: seconds(30),
      },
      { at: seconds(10), what: { conditions: { frozen: 'both' } }, for: seconds(2) },
      { at: seconds(20), what: { conditions: { bytesPerSecond: 2_000 } }, for: seconds(5) },
    ],
  },
  '60-second-proxy': {
    name: '60-second proxy',
    steps: [
      { at: 0, what: { conditions: { idleTimeoutMs: seconds(60), idleAction: 'fin' } }, for: seconds(180) },
    ],
  },
  'laptop-lid': {
    name: 'Laptop lid',
    steps: [
      { at: seconds(3), what: { conditions: { frozen: 'both' } }, for: seconds(20) },
      { at: seconds(22), what: { cut: { how: 'rst' } } },
    ],
  },
  'deploy-on-friday': {
    name: 'Deploy on Friday',
    steps: [{ at: seconds(3), what: { restart: { code: 1012, overMs: 2000, downMs: 4000 } } }],
  },
  'mobile-handover': {
    name: 'Mobile handover',
    steps: [
      { at: 0, what: { conditions: { latencyMs: 50, jitterMs: 30 } }, for: seconds(4) },
      {
        at: seconds(4),
        what: { conditions: { latencyMs: 250, jitterMs: 200, lossPercent: 15 } },
        for: seconds(2),
      },
      { at: seconds(6), what: { conditions: { frozen: 'both' } }, for: 1500 },
      // The phone has another address now: what knew the old one is void.
      { at: seconds(7.4), what: { cut: { how: 'rst' } } },
      { at: 7500, what: { conditions: { latencyMs: 30, jitterMs: 10 } }, for: seconds(6) },
    ],
  },
};
