import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { limitTable } from '../../sandbox-server/limits.ts';
import { defaultOptions, parseOptions } from '../../sandbox-server/options.ts';
import { perfectLink } from '../../src/contract/conditions.ts';
import { wireSubprotocol } from '../../src/contract/lab.ts';
import { parseWireEvent } from '../../src/contract/wire-event.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const page = read('lessons/reference/sandbox-api.mdx');

/** The cells of every row of its tables. */
const rows = [...page.matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) =>
  row.split('|').map((cell) => cell.trim()),
);
const firstCells = rows.map(([first]) => first);

describe('The reference of the sandbox', () => {
  const help = parseOptions(['--help'], {});
  const flags =
    help.kind === 'help' ? [...help.text.matchAll(/^ {2}--([\w-]+)/gm)].map(([, flag = '']) => flag) : [];
  const limits = new Set<string>(Object.values(limitTable).map(({ flag }) => flag));

  it('finds the flags that the server lists', () => {
    expect(flags.length).toBeGreaterThan(limits.size);
  });

  it.each(flags.filter((flag) => !limits.has(flag)))('has a row for --%s', (flag) => {
    expect(firstCells).toContain(`\`--${flag}\``);
  });

  it('shows the limits from the table that the server uses', () => {
    expect(page).toContain('<LimitTable limits={limitTable} />');
  });

  it.each([
    ['--port', String(defaultOptions.port)],
    ['--host', defaultOptions.host],
    ['--site', defaultOptions.site],
    ['--log-level', defaultOptions.logLevel],
  ])('gives the default of %s as it is', (flag, value) => {
    expect(rows.find(([first]) => first === `\`${flag}\``)?.[1]).toBe(value);
  });

  const refusals = [
    ...read('sandbox-server/refusals.ts').matchAll(/new SandboxError\(\s*(\d+),\s*'([\w-]+)'/g),
  ].map(([, status = '', code = '']) => [status, code] as const);

  it('finds the refusals', () => {
    expect(refusals.length).toBeGreaterThan(20);
  });

  it.each(refusals)('lists the refusal %s %s', (status, code) => {
    const codes = rows.filter(([first]) => first === status).map(([, named = '']) => named);
    expect(codes.join(', ').split(', ')).toContain(`\`${code}\``);
  });

  const closings = globSync('sandbox-server/**/*.ts', { cwd: root }).flatMap((path) =>
    [...read(path).matchAll(/\.(?:close|dismiss|end|endAll)\((\d{4}), '([^']+)'/g)].map(
      ([, code = '', reason = '']) => [code, reason] as const,
    ),
  );

  it('finds the reasons with which the server closes', () => {
    expect(closings.length).toBeGreaterThan(5);
  });

  it.each(closings)('lists the close code %s with the reason “%s”', (code, reason) => {
    const reasons = rows.filter(([first]) => first === code).map(([, named = '']) => named);
    expect(reasons.join(' ')).toContain(`\`${reason}\``);
  });

  it('names every WebSocket service that takes pages of any origin', () => {
    const [line = ''] = page.split('\n').filter((each) => each.includes('take any origin.'));
    const open = globSync('sandbox-server/services/*.ts', { cwd: root })
      .filter((path) => /^ +door: 'anybody',$/m.test(read(path)))
      .map((path) => /(\w+)[^/\\]*\.ts$/.exec(path)?.[1] ?? '');
    expect(open).toEqual(expect.arrayContaining(['echo', 'feed', 'stream']));
    for (const service of open) expect(line).toContain(service);
  });

  it('describes every type of wire event that the contract reads, and no other', () => {
    const from = page.indexOf('### Wire events');
    const table = page.slice(from, page.indexOf('</StackedTable>', from));
    const described = [...table.matchAll(/^\| `(\w+)` +\|/gm)]
      .map(([, type]) => type)
      .filter((type) => type !== 'type');
    const refused = parseWireEvent({ seq: 1, at: 0, type: 'none' });
    const message = refused.ok ? '' : refused.message;
    const known = /one of ([\w, ]+), got/.exec(message)?.[1]?.split(', ') ?? [];
    expect(known.length).toBeGreaterThan(5);
    expect(described.toSorted()).toEqual(known.toSorted());
  });

  it.each(Object.keys(perfectLink))('describes the condition %s', (condition) => {
    expect(firstCells).toContain(`\`${condition}\``);
  });

  it.each([
    ['echo', 'echo-options', 7],
    ['raw', 'raw-options', 3],
  ])('describes every parameter that %s reads', (_, file, count) => {
    const source = read(`sandbox-server/services/${file}.ts`);
    const parameters = new Set(
      [...source.matchAll(/query(?:\.get\(|, )'(\w+)'/g)].map(([, name]) => `\`${name ?? ''}\``),
    );
    expect(parameters.size).toBe(count);
    expect(firstCells).toEqual(expect.arrayContaining([...parameters]));
  });

  it('names the subprotocol of the wire channel', () => {
    expect(page).toContain(wireSubprotocol);
  });
});
