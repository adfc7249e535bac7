import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const page = read('lessons/reference/resilient-socket.mdx');
const named = new Set(
  [...page.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w.]+)/g)].map(([, name = '']) => name),
  ),
);

/** The names of the fields that an interface declares itself. */
function fieldsOf(file: string, name: string): string[] {
  const [, body = ''] = read(`src/resilient-socket/${file}`).split(`interface ${name} `);
  const end = body.indexOf('\n}');
  return [...body.slice(0, end).matchAll(/^ {2}(\w+)\??:/gm)].map(([, field = '']) => field);
}

describe('The page of the resilient socket', () => {
  it.each(fieldsOf('events.ts', 'EventDetails'))('names the event %s', (event) => {
    expect(named).toContain(event);
  });

  it.each([
    ...fieldsOf('options.ts', 'ResilientSocketOptions'),
    ...fieldsOf('outgoing.ts', 'OutgoingOptions'),
    ...fieldsOf('backoff.ts', 'BackoffOptions').map((field) => `reconnect.${field}`),
    ...fieldsOf('reconnect.ts', 'ReconnectOptions').map((field) => `reconnect.${field}`),
    ...fieldsOf('heartbeat.ts', 'HeartbeatOptions').map((field) => `heartbeat.${field}`),
    ...fieldsOf('send-queue.ts', 'QueueOptions').map((field) => `queue.${field}`),
    ...fieldsOf('acknowledgement.ts', 'AcknowledgementOptions').map((field) => `acknowledgement.${field}`),
    ...fieldsOf('back-pressure.ts', 'BackPressureOptions').map((field) => `backPressure.${field}`),
  ])('names the option %s', (option) => {
    expect(named).toContain(option);
  });

  const files = readdirSync(new URL('src/resilient-socket/', root)).filter((file) => file.endsWith('.ts'));

  it.each(files.filter((file) => file !== 'resilient-socket.ts'))(
    'is about a part that fits a page: %s',
    (file) => {
      expect(read(`src/resilient-socket/${file}`).split('\n').length).toBeLessThanOrEqual(120);
    },
  );
});
