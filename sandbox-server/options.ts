import { parseArgs } from 'node:util';
import { messageOf } from './errors.ts';
import { defaultLimits, limitNames, limitTable, type Limits } from './limits.ts';

/** From saying the least to saying the most. */
const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** All that a sandbox can be told when it starts. */
export interface SandboxOptions {
  /** TCP port; 0 takes any free one. */
  port: number;
  /** Address to bind, or a name that resolves to one. */
  host: string;
  /** Further names under which it is served, without port. */
  allowHosts: readonly string[];
  /** Origins of pages that are served elsewhere and may use labs: `http://localhost:4321`. */
  allowOrigins: readonly string[];
  /** Folder of the built site. */
  site: string;
  /** What goes to the log, on stderr. */
  logLevel: LogLevel;
  limits: Limits;
}

/** The options of a sandbox that is told nothing. */
export const defaultOptions: Readonly<SandboxOptions> = {
  port: 4321,
  host: '127.0.0.1',
  allowHosts: [],
  allowOrigins: [],
  site: 'dist',
  logLevel: 'warn',
  limits: defaultLimits,
};

/** What a command line asks for. */
export type Command =
  | { kind: 'start'; options: SandboxOptions }
  | { kind: 'help'; text: string }
  | { kind: 'refused'; message: string };

/** A flag of the command line. Without `takes` it is a switch. */
interface Flag {
  takes?: string;
  multiple?: true;
  says: string;
}

const flags: Record<string, Flag> = {
  port: { takes: 'number', says: `TCP port, 0 for any free one (${String(defaultOptions.port)}; also PORT)` },
  host: { takes: 'address', says: `address to bind (${defaultOptions.host}; also HOST)` },
  'allow-host': { takes: 'name', multiple: true, says: 'another host name to be served under; repeatable' },
  'allow-origin': {
    takes: 'origin',
    multiple: true,
    says: 'an origin whose pages may use labs, such as http://localhost:4321; repeatable',
  },
  site: { takes: 'folder', says: `folder of the built site (${defaultOptions.site})` },
  'log-level': {
    takes: 'level',
    says: `one of ${logLevels.join(', ')} (${defaultOptions.logLevel}), on stderr`,
  },
  quiet: { says: 'log nothing; the ready line is still printed' },
  help: { says: 'print this and exit' },
};

for (const name of limitNames) {
  const { flag, unit, value, says } = limitTable[name];
  flags[flag] = { takes: unit, says: `${says} (${String(value)} ${unit})` };
}

/** Thrown and caught inside this file only. */
class WrongFlag extends Error {}

/** Reads a command line (without node and script) and the environment. An unknown flag or a bad value is refused. */
export function parseOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  try {
    const { values } = parseArgs({
      args: [...argv],
      strict: true,
      options: Object.fromEntries(
        Object.entries(flags).map(([name, { takes, multiple }]) => [
          name,
          {
            type: takes === undefined ? ('boolean' as const) : ('string' as const),
            multiple: multiple === true,
          },
        ]),
      ),
    });
    if (values['help'] === true) return { kind: 'help', text: helpText() };
    return { kind: 'start', options: readValues(values, env) };
  } catch (error) {
    // One line: for a value that begins with a dash, Node says more.
    const message = messageOf(error)
      .replace(/\. To specify .*$/s, '')
      .replaceAll('\n', ' ');
    return { kind: 'refused', message: `${message.replace(/\.$/, '')}. --help lists the flags.` };
  }
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function readValues(values: Values, env: Readonly<Record<string, string | undefined>>): SandboxOptions {
  const limits: Limits = { ...defaultLimits };
  for (const name of limitNames) {
    const { flag, unit } = limitTable[name];
    const given = text(values[flag]);
    if (given === undefined) continue;
    const value = /^[0-9]+(\.[0-9]+)?$/.test(given) ? Number(given) : Number.NaN;
    const whole = unit === 'seconds' || Number.isInteger(value);
    if (!(value > 0) || !whole || !Number.isSafeInteger(Math.ceil(value))) {
      throw new WrongFlag(`--${flag} expects a number of ${unit} above 0, got "${given}"`);
    }
    limits[name] = value;
  }
  return {
    port: port(text(values['port']) ?? fromEnvironment(env['PORT'])),
    host: host(text(values['host']) ?? fromEnvironment(env['HOST'])),
    allowHosts: texts(values['allow-host']).map(hostName),
    allowOrigins: texts(values['allow-origin']).map(origin),
    site: text(values['site']) ?? defaultOptions.site,
    logLevel: values['quiet'] === true ? 'silent' : logLevel(text(values['log-level'])),
    limits,
  };
}

const text = (value: Values[string]): string | undefined => (typeof value === 'string' ? value : undefined);

const texts = (value: Values[string]): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

function port(given: string | undefined): number {
  if (given === undefined) return defaultOptions.port;
  const value = /^[0-9]{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (!(value <= 65535)) throw new WrongFlag(`--port expects a number from 0 to 65535, got "${given}"`);
  return value;
}

/** Node would take an empty address to mean every address; that has to be asked for explicitly. */
function host(given: string | undefined): string {
  if (given !== '') return given ?? defaultOptions.host;
  throw new WrongFlag('--host expects an address, got ""');
}

/** An empty variable is as good as none, as in a shell. */
const fromEnvironment = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

function hostName(given: string): string {
  if (/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/i.test(given)) return given;
  throw new WrongFlag(`--allow-host expects a host name without a port, got "${given}"`);
}

function origin(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.origin === given.replace(/\/$/, '')) return url.origin;
  throw new WrongFlag(`--allow-origin expects an origin such as http://localhost:4321, got "${given}"`);
}

function logLevel(given: string | undefined): LogLevel {
  if (given === undefined) return defaultOptions.logLevel;
  const level = logLevels.find((known) => known === given);
  if (level === undefined)
    throw new WrongFlag(`--log-level expects one of ${logLevels.join(', ')}, got "${given}"`);
  return level;
}

function helpText(): string {
  const heads = Object.entries(flags).map(
    ([name, { takes }]) => `--${name}${takes === undefined ? '' : ` <${takes}>`}`,
  );
  const width = Math.max(...heads.map((head) => head.length));
  const lines = Object.values(flags).map(
    ({ says }, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${says}`,
  );
  return [
    'ws101: WebSockets 101, the site and the sandbox that its lessons connect to.',
    '',
    'Usage: npm start -- [flags]   or   node sandbox-server/main.ts [flags]',
    '',
    'Flags, with their defaults in brackets:',
    ...lines,
    '',
  ].join('\n');
}
