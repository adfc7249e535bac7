import { parseHexText } from '../../derive/hex-text.ts';

/** Something that the terminal is told to do, understood. */
export type Command =
  | { name: 'connect'; target: string; subprotocols: readonly string[] }
  | { name: 'send'; text: string }
  | { name: 'binary'; bytes: Uint8Array }
  | { name: 'ping' | 'pong'; text: string }
  | { name: 'close'; code: number | undefined; reason: string }
  | { name: 'frame'; bytes: Uint8Array }
  | { name: 'hex'; on: boolean }
  | { name: 'lab' }
  | { name: 'cut'; how: 'fin' | 'rst' | 'close' }
  | { name: 'raw'; lineEnd: 'crlf' | 'lf' }
  | { name: 'help'; about: string | undefined }
  | { name: 'clear' };

export type CommandName = Command['name'];

/** What `help` says of a command. */
export interface CommandHelp {
  usage: string;
  says: string;
  /** What may follow it, for completion. */
  completions?: readonly string[];
}

/** Most bytes that one command sends. */
const maxBytes = 65_536;

/** Every command, in the order in which `help` lists them. */
export const commandHelp: Readonly<Record<CommandName, CommandHelp>> = {
  connect: {
    usage: 'connect [path] [--protocol name]',
    says: 'Opens TCP, makes the opening handshake, shows both heads. The path is one of the lab: echo by default; echo?heartbeat=5000, echo?close=4001, echo?reject=403 …',
    completions: [
      'echo',
      'echo?heartbeat=5000',
      'echo?close=4001',
      'echo?reject=403',
      'echo?subprotocol=chat',
    ],
  },
  send: { usage: 'send <text>', says: 'Sends a text frame, masked with a fresh key.' },
  binary: { usage: 'binary <hex>', says: 'Sends a binary frame: binary 01 02 ff' },
  ping: { usage: 'ping [text]', says: 'Sends a Ping. A server answers with a Pong of the same payload.' },
  pong: {
    usage: 'pong [text]',
    says: 'Sends a Pong: the answer to a Ping, which this terminal leaves to you.',
  },
  close: {
    usage: 'close [code] [reason]',
    says: 'Sends a Close frame. Without a code its body is empty. Any code may be tried: the answer tells.',
    completions: ['1000', '1001', '1005', '3000', '4000'],
  },
  frame: {
    usage: 'frame <hex>',
    says: 'Sends exactly these bytes after the handshake, legal or not: frame 81 85 37fa213d 7f9f4d5158',
  },
  hex: { usage: 'hex on|off', says: 'Shows the bytes of each frame below it.', completions: ['on', 'off'] },
  lab: { usage: 'lab', says: 'Shows the lab, its addresses, and its state.' },
  cut: {
    usage: 'cut fin|rst|close',
    says: 'Has the sandbox end every connection of the lab: with TCP’s FIN, with RST, or with a Close frame.',
    completions: ['fin', 'rst', 'close'],
  },
  raw: {
    usage: 'raw [lf]',
    says: 'Opens bare TCP. You type the request line by line, an empty line ends it; after a 101 you type frames in hex. Each line ends in CR LF, as HTTP wants it; with lf, in a bare LF, as you typed it. Ctrl-C hangs up.',
    completions: ['lf'],
  },
  clear: { usage: 'clear', says: 'Clears the screen (Ctrl-L too).' },
  help: { usage: 'help [command]', says: 'Lists the commands, or explains one.' },
};

/** The names, in the order of `help`. */
export const commandNames = Object.keys(commandHelp) as CommandName[];

/** A command, or a sentence about what is wrong with the line. `undefined` for an empty line. */
export function parseCommand(line: string): Command | string | undefined {
  const trimmed = line.trim();
  if (trimmed === '') return undefined;
  const space = trimmed.search(/\s/);
  const word = (space === -1 ? trimmed : trimmed.slice(0, space)).toLowerCase();
  const rest = space === -1 ? '' : trimmed.slice(space + 1);
  const name = commandNames.find((known) => known === word);
  if (name === undefined) {
    const near = commandNames.find((known) => known.startsWith(word.slice(0, 2)));
    const hint = near === undefined ? 'help lists them all' : `did you mean ${near}? help lists them all`;
    return `There is no command “${word.slice(0, 40)}”: ${hint}.`;
  }
  return parseArguments(name, rest);
}

function parseArguments(name: CommandName, rest: string): Command | string {
  const usage = `Usage: ${commandHelp[name].usage}`;
  const argument = rest.trim();
  switch (name) {
    case 'connect':
      return parseConnect(argument);
    case 'send':
      return { name, text: rest };
    case 'ping':
    case 'pong':
      return { name, text: rest };
    case 'binary':
    case 'frame': {
      const bytes = parseHexText(argument, maxBytes);
      if (!bytes.ok) return `${bytes.message} ${usage}`;
      if (name === 'frame' && bytes.value.length === 0) return usage;
      return { name, bytes: bytes.value };
    }
    case 'close':
      return parseClose(argument);
    case 'hex':
      return argument === 'on' || argument === 'off' ? { name, on: argument === 'on' } : usage;
    case 'cut':
      return argument === 'fin' || argument === 'rst' || argument === 'close'
        ? { name, how: argument }
        : usage;
    case 'raw':
      return argument === '' || argument === 'lf'
        ? { name, lineEnd: argument === 'lf' ? 'lf' : 'crlf' }
        : usage;
    case 'help':
      return { name, about: argument === '' ? undefined : argument.toLowerCase() };
    case 'lab':
    case 'clear':
      return argument === '' ? { name } : usage;
  }
}

function parseConnect(argument: string): Command | string {
  const words = argument === '' ? [] : argument.split(/\s+/);
  const subprotocols: string[] = [];
  let target = 'echo';
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--protocol' || word === '-s') {
      const value = words[++index];
      if (value === undefined) return `${word} needs a name. Usage: ${commandHelp.connect.usage}`;
      subprotocols.push(value);
    } else if (word.startsWith('-')) {
      return `There is no option ${word}. Usage: ${commandHelp.connect.usage}`;
    } else if (/^(wss?|https?):/i.test(word)) {
      return 'Only this lab can be reached from here: write a path of it, such as echo or echo?close=4001.';
    } else {
      target = word.startsWith('?') ? `echo${word}` : word;
    }
  }
  return { name: 'connect', target, subprotocols };
}

function parseClose(argument: string): Command | string {
  if (argument === '') return { name: 'close', code: undefined, reason: '' };
  const [word = '', ...reason] = argument.split(' ');
  const code = Number(word);
  if (!/^\d{1,5}$/.test(word) || code > 65_535) {
    return `“${word.slice(0, 40)}” is not a close code: a number of 0 to 65535, which two bytes can hold. Usage: ${commandHelp.close.usage}`;
  }
  const text = reason.join(' ');
  return { name: 'close', code, reason: text };
}

/** What Tab offers for a line up to the cursor: whole lines that it could become. */
export function completions(line: string): string[] {
  const space = line.indexOf(' ');
  if (space === -1)
    return commandNames.filter((name) => name.startsWith(line.toLowerCase())).map((name) => `${name} `);
  const name = commandNames.find((known) => known === line.slice(0, space));
  if (name === undefined) return [];
  const offered = name === 'help' ? commandNames : (commandHelp[name].completions ?? []);
  const begun = line.slice(space + 1);
  return offered.filter((word) => word.startsWith(begun)).map((word) => `${name} ${word}`);
}
