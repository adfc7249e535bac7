import { hexText, parseHexText } from '../../derive/hex-text.ts';
import type { RawBridge, RawBridgeListener } from '../../lab/raw-bridge.ts';
import { FrameDecoder } from '../../protocol/decode-frame.ts';
import { describeFrame } from '../../protocol/describe-frame.ts';
import { encodeFrame } from '../../protocol/encode-frame.ts';
import type { Frame } from '../../protocol/frame.ts';
import type { ResponseHead } from '../../protocol/http-head.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { HttpHeadReader } from '../../protocol/read-head.ts';
import { byteText } from '../../ui/byte-text.ts';
import type { Print } from './terminal-line.ts';

/** How a connection is begun. */
export interface ConnectionOptions {
  /** The request's lines, sent as soon as TCP stands; without them the learner types everything by hand. */
  request: readonly string[] | undefined;
  /** What ends a line that is typed. */
  lineEnd: '\r\n' | '\n';
  openBridge: (listener: RawBridgeListener) => RawBridge;
  print: Print;
  prompt: (prompt: string) => void;
  /** Once: the connection has ended by itself. */
  ended: (reason: string) => void;
}

const hexPerRow = 16;
const maxHexBytes = 256;
const maxTypedBytes = 65_536;
const utf8 = new TextEncoder();

/** One TCP connection of the terminal: it prints what crosses, and answers nothing on its own. */
export class TerminalConnection {
  readonly #options: ConnectionOptions;
  readonly #bridge: RawBridge;
  readonly #frames = new FrameDecoder({ from: 'server' });
  #stage: 'opening' | 'http' | 'frames' = 'opening';
  #head = new HttpHeadReader('response');
  #isOver = false;
  showsHex = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#bridge = options.openBridge({
      opened: () => {
        this.#opened();
      },
      received: (bytes) => {
        if (!this.#isOver) this.#receive(bytes);
      },
      ended: (reason) => {
        if (this.#isOver) return;
        this.#isOver = true;
        options.ended(reason);
      },
    });
  }

  /** The learner types everything by hand. */
  get byHand(): boolean {
    return this.#options.request === undefined;
  }

  /** Ends the TCP connection, without a word. */
  hangUp(): void {
    this.#isOver = true;
    this.#bridge.close();
  }

  /** A line that was typed by hand: of the head before the 101, a frame in hex after it. */
  type(text: string): void {
    const { print, lineEnd } = this.#options;
    if (this.#stage === 'opening') {
      print('error', 'TCP is not open yet: wait a moment.');
    } else if (this.#stage === 'frames') {
      const bytes = parseHexText(text, maxTypedBytes);
      if (!bytes.ok) {
        const help = 'After the 101 only frames follow: type their bytes in hex, or Ctrl-C to hang up.';
        print('error', `${bytes.message} ${help}`);
      } else if (bytes.value.length > 0) this.sendFrames(bytes.value);
    } else {
      const bytes = utf8.encode(text + lineEnd);
      this.#bridge.send(bytes);
      print('sent', text + signOf(lineEnd));
      if (text === '') print('note', 'The empty line ends the head: now the server reads it.');
    }
  }

  /** Sends the bytes of frames, legal or not. */
  sendFrames(bytes: Uint8Array): void {
    const { print } = this.#options;
    if (this.#stage !== 'frames') {
      print('error', 'The handshake is not done yet: nothing but HTTP may be sent.');
      return;
    }
    this.#bridge.send(Uint8Array.from(bytes));
    const decoder = new FrameDecoder({ from: 'client' });
    for (const frame of decoder.push(bytes)) print('sent', describeFrame(frame));
    if (decoder.pending) {
      print('note', `Sent; ${String(decoder.pending.missingBytes)} bytes of the frame are still to come.`);
    }
    this.#printHex(bytes);
  }

  #opened(): void {
    const { request, print, prompt, lineEnd } = this.#options;
    this.#stage = 'http';
    if (request) {
      this.#bridge.send(utf8.encode(`${request.join('\r\n')}\r\n\r\n`));
      for (const line of request) print('sent', line);
      return;
    }
    const sign = signOf(lineEnd);
    prompt('raw>');
    print('note', `TCP is open. Each line goes out with ${sign} at its end; an empty line ends the head.`);
  }

  #receive(bytes: Uint8Array): void {
    if (this.#stage === 'frames') {
      this.#readFrames(bytes);
      return;
    }
    const head = this.#head.push(bytes);
    if (!head) return;
    const { rest } = this.#head;
    this.#head = new HttpHeadReader('response');
    this.#printHead(head);
    if (head.statusCode === 101) this.#beginFrames(rest);
    else this.#printBody(rest);
  }

  #printHead({ bytes }: ResponseHead): void {
    const text = new TextDecoder().decode(bytes).replace(/\r?\n\r?\n$/, '');
    for (const line of text.split(/\r?\n/)) this.#options.print('received', line);
  }

  #printBody(body: Uint8Array): void {
    const { print } = this.#options;
    if (body.length > 0) print('received', new TextDecoder().decode(body));
    print('note', 'No 101: this connection still speaks HTTP.');
  }

  #beginFrames(first: Uint8Array): void {
    const { print, prompt } = this.#options;
    this.#stage = 'frames';
    if (this.byHand) prompt('frame>');
    const next = this.byHand ? 'Type frames in hex now.' : 'Go on with send, ping, close … or frame <hex>.';
    print('note', `The handshake is done. ${next}`);
    if (first.length > 0) this.#readFrames(first);
  }

  #readFrames(bytes: Uint8Array): void {
    const { print } = this.#options;
    for (const frame of this.#frames.push(bytes)) {
      print('received', describeFrame(frame));
      this.#printHex(bytesOf(frame));
      if (frame.opcode === Opcode.ping) {
        print('note', `A Ping waits for a Pong of the same payload: ${this.byHand ? 'opcode 0xA' : 'pong'}.`);
      }
      if (frame.opcode === Opcode.close) {
        print(
          'note',
          `A Close is answered with a Close, unless you have sent yours: ${this.byHand ? 'opcode 0x8' : 'close'}.`,
        );
      }
    }
  }

  #printHex(bytes: Uint8Array): void {
    if (!this.showsHex) return;
    const { print } = this.#options;
    for (let start = 0; start < Math.min(bytes.length, maxHexBytes); start += hexPerRow) {
      const row = hexText(bytes.subarray(start, start + hexPerRow));
      print('note', `  ${start.toString(16).padStart(4, '0')}  ${row}`);
    }
    if (bytes.length > maxHexBytes) print('note', `  … ${String(bytes.length - maxHexBytes)} bytes more`);
  }
}

/** The end of a line, made visible. */
const signOf = (lineEnd: string): string => byteText(utf8.encode(lineEnd), { invisible: true });

/** A frame as it stood on the wire, written anew from its fields. */
const bytesOf = ({ opcode, fin, rsv1, rsv2, rsv3, payload, maskingKey, lengthEncoding }: Frame): Uint8Array =>
  encodeFrame({ opcode, fin, rsv1, rsv2, rsv3, payload, maskingKey, lengthEncoding });
