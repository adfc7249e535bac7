import { faultPresets } from '../../contract/fault-presets.ts';
import { accepted, isRecord, refused, type Parsed } from '../../contract/result.ts';
import { foundNames, isFoundName } from '../seed-frame/found-names.ts';
import { bareSettings, type LabSettings } from './settings.ts';

/** Reads settings from JSON, as an address carries them: every field of `bareSettings`, of its type; others are refused. */
export function parseSettings(json: unknown): Parsed<LabSettings> {
  const wrong = findWrong(bareSettings, json, '');
  if (wrong) return wrong;
  // Each field was looked at.
  const settings = json as LabSettings;
  if (settings.script !== '' && !Object.hasOwn(faultPresets, settings.script)) {
    return refused('script', `expected one of ${Object.keys(faultPresets).join(', ')}, or nothing`);
  }
  if (settings.found !== '' && !isFoundName(settings.found)) {
    return refused('found', `expected one of ${foundNames.join(', ')}, or nothing`);
  }
  if (!['full', 'none'].includes(settings.reconnect.jitter)) {
    return refused('reconnect.jitter', 'expected full or none');
  }
  if (!['refuse', 'drop oldest', 'drop newest'].includes(settings.queue.whenFull)) {
    return refused('queue.whenFull', 'expected refuse, drop oldest or drop newest');
  }
  return accepted(settings);
}

/** The first field that is not as in the model. */
function findWrong(
  model: object,
  json: unknown,
  path: string,
): Extract<Parsed<never>, { ok: false }> | undefined {
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
  if (!isRecord(json))
    return { ok: false, field: path === '' ? 'settings' : path, message: 'expected an object' };
  for (const field of Object.keys(json)) {
    if (!Object.hasOwn(model, field)) return { ok: false, field: at(field), message: 'unknown field' };
  }
  for (const [field, expected] of Object.entries(model) as [string, unknown][]) {
    const value = json[field];
    if (isRecord(expected)) {
      const wrong = findWrong(expected, value, at(field));
      if (wrong) return wrong;
    } else if (typeof value !== typeof expected || (typeof value === 'number' && !Number.isFinite(value))) {
      return { ok: false, field: at(field), message: `expected a ${typeof expected}` };
    }
  }
  return undefined;
}
