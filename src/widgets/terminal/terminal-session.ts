import type { KnownLab } from '../../contract/lab.ts';
import type { RawBridge, RawBridgeListener } from '../../lab/raw-bridge.ts';
import { encodeFrame, type FrameDescription } from '../../protocol/encode-frame.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { commandHelp, commandNames, parseCommand, type Command } from './commands.ts';
import { TerminalConnection } from './terminal-connection.ts';
import type { Print } from './terminal-line.ts';

/** What a session needs of its surroundings. */
export interface TerminalSurroundings {
  print: Print;
  clear: () => void;
  /** What the line is asked with: `ws101>`, `raw>`, `frame>`. */
  prompt: (prompt: string) => void;
  /** The lab of the page; `undefined` while no sandbox answers. */
  lab: () => KnownLab | undefined;
  /** Host and port of the sandbox. */
  host: () => string;
  openBridge: (path: string, listener: RawBridgeListener) => RawBridge;
  /** Ends every connection of the lab. */
  cut: (how: 'fin' | 'rst' | 'close') => Promise<void>;
  randomBytes: (count: number) => Uint8Array;
}

const utf8 = new TextEncoder();

/** What stands behind the terminal's screen: takes lines, and is a WebSocket client that is played by hand. */
export class TerminalSession {
  readonly #around: TerminalSurroundings;
  #connection: TerminalConnection | undefined;
  #showsHex = false;

  constructor(surroundings: TerminalSurroundings) {
    this.#around = surroundings;
  }

  /** Takes a line that was entered. */
  enter(text: string): void {
    if (this.#connection?.byHand === true) {
      this.#connection.type(text);
      return;
    }
    const command = parseCommand(text);
    if (typeof command === 'string') this.#around.print('error', command);
    else if (command) this.#run(command);
  }

  /** Ctrl-C: hangs up. */
  interrupt(): void {
    if (!this.#connection) {
      this.#around.print('note', 'Nothing is connected.');
      return;
    }
    this.#connection.hangUp();
    this.#over('You hung up: the TCP connection has ended.');
  }

  /** Ends whatever is open, without a word. */
  dispose(): void {
    this.#connection?.hangUp();
    this.#connection = undefined;
  }

  #run(command: Command): void {
    switch (command.name) {
      case 'connect':
        this.#connect(command.target, command.subprotocols);
        break;
      case 'raw':
        this.#open(undefined, command.lineEnd === 'lf' ? '\n' : '\r\n');
        break;
      case 'send':
        this.#send({ opcode: Opcode.text, payload: utf8.encode(command.text) });
        break;
      case 'binary':
        this.#send({ opcode: Opcode.binary, payload: command.bytes });
        break;
      case 'ping':
      case 'pong':
        this.#send({ opcode: Opcode[command.name], payload: utf8.encode(command.text) });
        break;
      case 'close':
        this.#send({ opcode: Opcode.close, payload: closePayload(command.code, command.reason) });
        break;
      case 'frame':
        this.#sendBytes(command.bytes);
        break;
      case 'hex':
        this.#setHex(command.on);
        break;
      case 'lab':
        this.#showLab();
        break;
      case 'cut':
        void this.#cut(command.how);
        break;
      case 'help':
        this.#help(command.about);
        break;
      case 'clear':
        this.#around.clear();
        break;
    }
  }

  #connect(target: string, subprotocols: readonly string[]): void {
    const lab = this.#labOrComplain();
    if (!lab) return;
    const key = btoa(String.fromCharCode(...this.#around.randomBytes(16)));
    const request = [
      `GET ${target.startsWith('/') ? target : `/labs/${lab.id}/${target}`} HTTP/1.1`,
      `Host: ${this.#around.host()}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Version: 13',
    ];
    if (subprotocols.length > 0) request.push(`Sec-WebSocket-Protocol: ${subprotocols.join(', ')}`);
    this.#open(request, '\r\n');
  }

  #open(request: readonly string[] | undefined, lineEnd: '\r\n' | '\n'): void {
    const raw = this.#labOrComplain()?.services['raw'];
    if (raw === undefined) return;
    if (this.#connection) {
      this.#connection.hangUp();
      this.#around.print('note', 'The connection before this one was ended.');
    }
    const { print, prompt } = this.#around;
    this.#connection = new TerminalConnection({
      request,
      lineEnd,
      openBridge: (listener) => this.#around.openBridge(raw, listener),
      print,
      prompt,
      ended: (reason) => {
        this.#over(`The connection has ended: ${reason}.`);
      },
    });
    this.#connection.showsHex = this.#showsHex;
  }

  #send(description: FrameDescription): void {
    this.#sendBytes(encodeFrame({ ...description, maskingKey: this.#around.randomBytes(4) }));
  }

  #sendBytes(bytes: Uint8Array): void {
    if (this.#connection) this.#connection.sendFrames(bytes);
    else this.#around.print('error', 'Nothing is connected: connect first.');
  }

  #setHex(on: boolean): void {
    this.#showsHex = on;
    if (this.#connection) this.#connection.showsHex = on;
    this.#around.print(
      'note',
      on ? 'Frames are shown with their bytes.' : 'Frames are shown in one line each.',
    );
  }

  #showLab(): void {
    const lab = this.#labOrComplain();
    if (!lab) return;
    const { print, host } = this.#around;
    print('help', `Lab ${lab.id}`);
    for (const [name, path] of Object.entries(lab.services)) {
      print('help', `  ${name.padEnd(9)} ws://${host()}${path}`);
    }
    print('help', this.#connection ? 'One connection is open.' : 'Nothing is connected.');
  }

  async #cut(how: 'fin' | 'rst' | 'close'): Promise<void> {
    if (!this.#labOrComplain()) return;
    try {
      await this.#around.cut(how);
      this.#around.print('note', `The sandbox ended every connection of the lab: ${how}.`);
    } catch (error) {
      this.#around.print('error', error instanceof Error ? error.message : String(error));
    }
  }

  #help(about: string | undefined): void {
    const { print } = this.#around;
    const name = commandNames.find((known) => known === about);
    if (name !== undefined) {
      print('help', commandHelp[name].usage);
      print('help', `  ${commandHelp[name].says}`);
      return;
    }
    if (about !== undefined) print('error', `There is no command “${about.slice(0, 40)}”.`);
    for (const known of commandNames) print('help', `  ${commandHelp[known].usage}`);
    print('help', 'help <command> explains one. Tab completes, ↑ brings back, Ctrl-C hangs up.');
  }

  #labOrComplain(): KnownLab | undefined {
    const lab = this.#around.lab();
    if (!lab)
      this.#around.print('error', 'No sandbox answers: start it with npm start in the project’s folder.');
    return lab;
  }

  #over(note: string): void {
    this.#connection = undefined;
    this.#around.prompt('ws101>');
    this.#around.print('note', note);
  }
}

/** The body of a Close frame: the code in two bytes, the reason behind it (RFC 6455 §5.5.1). */
function closePayload(code: number | undefined, reason: string): Uint8Array {
  if (code === undefined) return new Uint8Array(0);
  const text = utf8.encode(reason);
  const payload = new Uint8Array(2 + text.length);
  new DataView(payload.buffer).setUint16(0, code);
  payload.set(text, 2);
  return payload;
}
