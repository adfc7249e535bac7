import { describe, expect, it } from 'vitest';
import { limitNames, limitTable } from '../../sandbox-server/limits.ts';
import { defaultOptions, parseOptions, type SandboxOptions } from '../../sandbox-server/options.ts';

const read = (argv: string[], env: Record<string, string> = {}): SandboxOptions => {
  const command = parseOptions(argv, env);
  if (command.kind !== 'start') throw new Error(JSON.stringify(command));
  return command.options;
};

const refusal = (argv: string[], env: Record<string, string> = {}): string => {
  const command = parseOptions(argv, env);
  return command.kind === 'refused' ? command.message : `not refused: ${command.kind}`;
};

describe('parseOptions', () => {
  it('starts with the defaults where it is told nothing', () => {
    expect(read([])).toEqual(defaultOptions);
  });

  it('binds loopback unless it is told otherwise', () => {
    expect(read([]).host).toBe('127.0.0.1');
    expect(read(['--host', '0.0.0.0']).host).toBe('0.0.0.0');
  });

  it('takes PORT and HOST from the environment, and a flag before them', () => {
    const env = { PORT: '8080', HOST: '::1' };
    expect(read([], env)).toMatchObject({ port: 8080, host: '::1' });
    expect(read(['--port=0', '--host', 'localhost'], env)).toMatchObject({ port: 0, host: 'localhost' });
  });

  it('takes an empty variable for none, and refuses an empty address, which would be every address', () => {
    expect(read([], { PORT: '', HOST: '' })).toEqual(defaultOptions);
    expect(refusal(['--host', ''])).toBe('--host expects an address, got "". --help lists the flags.');
    expect(refusal(['--host='], { HOST: '::1' })).toContain('--host expects an address');
  });

  it('takes a flag for every bound, in its unit', () => {
    for (const [index, name] of limitNames.entries()) {
      expect(read([`--${limitTable[name].flag}`, String(index + 1)]).limits).toEqual({
        ...defaultOptions.limits,
        [name]: index + 1,
      });
    }
  });

  it('takes fractions of seconds, and of nothing else', () => {
    expect(read(['--idle-lab', '0.5']).limits.idleLabSeconds).toBe(0.5);
    expect(refusal(['--max-labs', '0.5'])).toBe(
      '--max-labs expects a number of labs above 0, got "0.5". --help lists the flags.',
    );
  });

  it('collects repeated origins and host names', () => {
    const options = read([
      '--allow-origin',
      'http://localhost:4321/',
      '--allow-origin',
      'https://a.example',
      '--allow-host',
      'lab.local',
    ]);
    expect(options.allowOrigins).toEqual(['http://localhost:4321', 'https://a.example']);
    expect(options.allowHosts).toEqual(['lab.local']);
  });

  it('--quiet silences the log, whatever --log-level says', () => {
    expect(read(['--log-level', 'debug']).logLevel).toBe('debug');
    expect(read(['--log-level', 'debug', '--quiet']).logLevel).toBe('silent');
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot'. --help lists the flags."],
    [
      ['lessons'],
      "Unexpected argument 'lessons'. This command does not take positional arguments. --help lists the flags.",
    ],
    [['--port', '65536'], '--port expects a number from 0 to 65535, got "65536". --help lists the flags.'],
    [
      ['--max-labs', '-1'],
      "Option '--max-labs' argument is ambiguous. Did you forget to specify the option argument for '--max-labs'? To specify an option argument starting with a dash use '--max-labs=-XYZ'. --help lists the flags.",
    ],
    [['--port', '1e3'], '--port expects a number from 0 to 65535, got "1e3". --help lists the flags.'],
    [
      ['--log-level', 'loud'],
      '--log-level expects one of silent, fatal, error, warn, info, debug, trace, got "loud". --help lists the flags.',
    ],
    [
      ['--allow-origin', 'null'],
      '--allow-origin expects an origin such as http://localhost:4321, got "null". --help lists the flags.',
    ],
    [
      ['--allow-origin', 'http://a.example/page'],
      '--allow-origin expects an origin such as http://localhost:4321, got "http://a.example/page". --help lists the flags.',
    ],
    [
      ['--allow-host', 'lab.local:80'],
      '--allow-host expects a host name without a port, got "lab.local:80". --help lists the flags.',
    ],
    [['--max-labs', '0'], '--max-labs expects a number of labs above 0, got "0". --help lists the flags.'],
  ])('refuses %j with one line that says what is wrong', (argv, message) => {
    expect(refusal(argv)).toBe(message);
  });

  it('refuses a bad PORT of the environment', () => {
    expect(refusal([], { PORT: 'http' })).toContain('got "http"');
  });

  it('--help documents every flag with its default and unit', () => {
    const command = parseOptions(['--help'], {});
    const text = command.kind === 'help' ? command.text : '';
    for (const name of limitNames) {
      const { flag, unit, value } = limitTable[name];
      expect(text).toMatch(new RegExp(`--${flag} <${unit}> .*\\(${String(value)} ${unit}\\)\\n`));
    }
    for (const flag of ['port', 'host', 'allow-host', 'allow-origin', 'site', 'log-level', 'quiet', 'help']) {
      expect(text).toContain(`--${flag}`);
    }
  });
});
