import { durationOf } from '../../contract/fault-script.ts';
import { faultPresets } from '../../contract/fault-presets.ts';
import { bareSettings, withParts, type LabSettings } from './settings.ts';

/** Settings to begin with, by a name that a lesson can ask for. */
export const labPresets = {
  bare: { label: 'A bare WebSocket', settings: bareSettings },
  reconnect: { label: 'It comes back', settings: withParts(bareSettings, ['reconnect']) },
  heartbeat: {
    label: 'It notices, and comes back',
    settings: withParts(bareSettings, ['reconnect', 'heartbeat']),
  },
  queue: {
    label: 'It comes back, and lets messages wait',
    settings: withParts(bareSettings, ['reconnect', 'heartbeat', 'queue']),
  },
  everything: {
    label: 'Every part on',
    settings: withParts(bareSettings, [
      'reconnect',
      'heartbeat',
      'queue',
      'acknowledgement',
      'resume',
      'dedupe',
      'renew',
    ]),
  },
} as const satisfies Record<string, { label: string; settings: LabSettings }>;
export type LabPreset = keyof typeof labPresets;

/** A run is this much longer than its script, ms: what comes after the last fault shows whether all is well again. */
const afterScriptMs = 4000;

/** Settings with a fault script, and as long as that needs; the longest scripts are cut off. */
export function withScript(settings: LabSettings, script: string): LabSettings {
  const preset = faultPresets[script];
  const lengthMs = preset ? Math.min(120_000, Math.max(10_000, durationOf(preset) + afterScriptMs)) : 20_000;
  return { ...settings, script: preset ? script : '', lengthMs };
}
