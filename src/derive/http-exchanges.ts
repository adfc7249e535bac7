import type { Side } from '../contract/wire-event.ts';
import type { ByteRange } from '../protocol/byte-range.ts';
import { BodyReader, requestFraming, responseFraming, type HttpBody } from '../protocol/http-body.ts';
import type { RequestHead, ResponseHead } from '../protocol/http-head.ts';
import { HttpHeadReader } from '../protocol/read-head.ts';
import type { HeadOf } from '../protocol/parse-head.ts';
import type { Chunk, Connection } from './connection.ts';
import { StartLineSearch } from './start-line-search.ts';

/** A request or a response: its head, and what is known of its body. */
export interface HttpMessage<Head extends RequestHead | ResponseHead> {
  head: Head;
  /** Where the head stands in all that its side has sent. */
  headRange: ByteRange;
  body: HttpBody;
}

/**
 * One request and its answer (RFC 9112 §9.3). It grows until it is `done`; `upgraded` is a 101, behind which the bytes
 * are no longer HTTP, and `cut` a connection that ended first.
 */
export interface HttpExchange {
  /** 1, 2, 3 … within its connection. */
  index: number;
  /** Absent where the log no longer has it, or where the server spoke unasked. */
  request: HttpMessage<RequestHead> | undefined;
  /** Answers before the answer: 100 and 103 (RFC 9110 §15.2). */
  interim: readonly HttpMessage<ResponseHead>[];
  response: HttpMessage<ResponseHead> | undefined;
  state: 'waiting' | 'answering' | 'done' | 'upgraded' | 'cut';
}

/** An exchange as its reader knows it. */
interface GrowingExchange extends HttpExchange {
  request: GrowingMessage<RequestHead> | undefined;
  interim: GrowingMessage<ResponseHead>[];
  response: GrowingMessage<ResponseHead> | undefined;
}
interface GrowingMessage<Head extends RequestHead | ResponseHead> extends HttpMessage<Head> {
  body: BodyReader;
}

/** How far the reading of one side is. `passedOver` counts bytes that could not be read as HTTP. */
interface SideReading<Kind extends 'request' | 'response'> {
  /** The next chunk to read. */
  chunk: number;
  head: HttpHeadReader<Kind>;
  /** Where the head under way begins. */
  headStart: number | undefined;
  body: BodyReader | undefined;
  /** Set while the reader has lost its place and looks for the next start line. */
  search: StartLineSearch | undefined;
  passedOver: number;
}

/**
 * Reads an HTTP/1.1 connection of the wire log as exchanges, and goes on where it stopped: `read` the same connection
 * again once it has grown. Where the log has lost a part, the reading goes on at the next start line.
 */
export class ExchangeReader {
  readonly #exchanges: GrowingExchange[] = [];
  /** The exchange that the next response belongs to, as an index. */
  #answered = 0;
  #upgraded: Record<Side, number> | undefined;
  readonly #client: SideReading<'request'> = newSide('request');
  readonly #server: SideReading<'response'> = newSide('response');
  #begun = false;

  /** In the order of their requests. The list only ever grows. */
  get exchanges(): readonly HttpExchange[] {
    return this.#exchanges;
  }

  /** Where each side stopped to speak HTTP, behind a 101. */
  get upgradedAt(): Readonly<Record<Side, number>> | undefined {
    return this.#upgraded;
  }

  /** Bytes of a side that belong to no exchange: of a beheaded log, or no HTTP. */
  get passedOver(): Readonly<Record<Side, number>> {
    return { client: this.#client.passedOver, server: this.#server.passedOver };
  }

  /** Bytes of a head that is not whole yet. */
  get pending(): Readonly<Record<Side, number>> {
    return { client: this.#client.head.pending.length, server: this.#server.head.pending.length };
  }

  /** Reads what has come since the last time, both sides in the order of the log. */
  read(connection: Connection): readonly HttpExchange[] {
    if (!this.#begun && connection.beheaded) {
      this.#client.search = new StartLineSearch('request');
      this.#server.search = new StartLineSearch('response');
    }
    this.#begun = true;
    const { client, server, ends } = connection;
    for (;;) {
      const ours = client.chunks[this.#client.chunk];
      const theirs = server.chunks[this.#server.chunk];
      if (this.#upgraded || (!ours && !theirs)) break;
      if (ours && (!theirs || ours.seq < theirs.seq)) {
        this.#client.chunk++;
        this.#readClient(ours);
      } else if (theirs) {
        this.#server.chunk++;
        this.#readServer(theirs);
      }
    }
    if (ends.some(({ by, how }) => by !== 'client' || how === 'rst')) {
      this.#end(ends.some(({ by, how }) => by === 'server' && how === 'fin'));
    }
    return this.#exchanges;
  }

  #readClient(chunk: Chunk): void {
    readSide(this.#client, 'request', chunk, (head, headRange) => {
      const body = new BodyReader(requestFraming(head), headRange.end);
      this.#exchanges.push({
        index: this.#exchanges.length + 1,
        request: { head, headRange, body },
        interim: [],
        response: undefined,
        state: 'waiting',
      });
      return body;
    });
  }

  #readServer(chunk: Chunk): void {
    readSide(this.#server, 'response', chunk, (head, headRange) => this.#answer(head, headRange));
    this.#settle();
  }

  /** A response's head is whole; answers the reader of its body, or nothing where HTTP ends with it. */
  #answer(head: ResponseHead, headRange: ByteRange): BodyReader | undefined {
    this.#settle();
    const exchange = this.#exchanges[this.#answered] ?? this.#unasked();
    const body = new BodyReader(responseFraming(head, exchange.request?.head.method), headRange.end);
    const message = { head, headRange, body };
    if (head.statusCode === 101) {
      exchange.response = message;
      exchange.state = 'upgraded';
      const clientAt = exchange.request
        ? Math.max(exchange.request.headRange.end, endOf(exchange.request.body))
        : 0;
      this.#upgraded = { client: clientAt, server: headRange.end };
      return undefined;
    }
    if (head.statusCode >= 100 && head.statusCode < 200) {
      exchange.interim.push(message);
      return body;
    }
    exchange.response = message;
    exchange.state = 'answering';
    return body;
  }

  /** The server speaks, and no request waits for it. */
  #unasked(): GrowingExchange {
    const exchange: GrowingExchange = {
      index: this.#exchanges.length + 1,
      request: undefined,
      interim: [],
      response: undefined,
      state: 'waiting',
    };
    this.#exchanges.push(exchange);
    return exchange;
  }

  /** Closes the exchange whose answer is whole. */
  #settle(): void {
    const exchange = this.#exchanges[this.#answered];
    if (exchange?.state !== 'answering' || exchange.response === undefined) return;
    const { body } = exchange.response;
    if (!body.isWhole && !body.isBroken) return;
    exchange.state = body.isBroken ? 'cut' : 'done';
    this.#answered++;
  }

  /** The server will say no more. */
  #end(inGoodOrder: boolean): void {
    if (this.#upgraded) return;
    if (inGoodOrder) this.#exchanges[this.#answered]?.response?.body.end();
    this.#settle();
    for (const exchange of this.#exchanges.slice(this.#answered)) exchange.state = 'cut';
    this.#answered = this.#exchanges.length;
  }
}

/** The exchanges of a connection, read at once. */
export const exchangesOf = (connection: Connection): readonly HttpExchange[] =>
  new ExchangeReader().read(connection);

const newSide = <Kind extends 'request' | 'response'>(kind: Kind): SideReading<Kind> => ({
  chunk: 0,
  head: new HttpHeadReader(kind),
  headStart: undefined,
  body: undefined,
  search: undefined,
  passedOver: 0,
});

const endOf = (body: HttpBody): number => body.segments.at(-1)?.end ?? 0;

/**
 * Reads the next bytes of one side. `onHead` is told of each head that is whole, and answers the reader of the body
 * behind it; without one, the rest of the side is no longer HTTP.
 */
function readSide<Kind extends 'request' | 'response'>(
  side: SideReading<Kind>,
  kind: Kind,
  { bytes, offset }: Pick<Chunk, 'bytes' | 'offset'>,
  onHead: (head: HeadOf<Kind>, range: ByteRange) => BodyReader | undefined,
): void {
  const end = offset + bytes.length;
  for (let rest = bytes; rest.length > 0;) {
    const start = end - rest.length;
    if (side.search) {
      rest = findStartLine(side, kind, rest, start);
    } else if (side.body) {
      rest = rest.subarray(side.body.push(rest));
      if (side.body.isBroken) side.search = new StartLineSearch(kind);
      if (side.body.isBroken || side.body.isWhole) side.body = undefined;
    } else {
      side.headStart ??= start;
      const head = side.head.push(rest);
      if (!head && !side.head.notHttp) return;
      if (!head || !isPlausible(head)) {
        side.headStart = undefined;
        side.search = new StartLineSearch(kind);
        rest = unreadOf(side.head);
        side.head = new HttpHeadReader(kind);
        continue;
      }
      rest = side.head.rest;
      const range = { start: side.headStart, end: end - rest.length };
      side.headStart = undefined;
      side.head = new HttpHeadReader(kind);
      const body = onHead(head, range);
      if (!body) return;
      if (body.isBroken) side.search = new StartLineSearch(kind);
      else if (!body.isWhole) side.body = body;
    }
  }
}

/** All that a reader of heads took, and what stands behind it. */
const unreadOf = (reader: HttpHeadReader<'request' | 'response'>): Uint8Array =>
  Uint8Array.from([...(reader.head?.bytes ?? reader.pending), ...reader.rest]);

/** Looks for the next start line in bytes that begin at `start`; answers what of them is still to be read. */
function findStartLine<Kind extends 'request' | 'response'>(
  side: SideReading<Kind>,
  kind: Kind,
  bytes: Uint8Array,
  start: number,
): Uint8Array {
  const found = side.search?.push(bytes);
  side.passedOver += bytes.length - (found?.length ?? 0);
  if (!found) return bytes.subarray(bytes.length);
  side.search = undefined;
  side.head = new HttpHeadReader(kind);
  side.headStart = start + bytes.length - found.length;
  // The start line may have begun in a chunk before this one.
  const before = Math.max(0, found.length - bytes.length);
  if (before > 0) side.head.push(found.subarray(0, before));
  return found.subarray(before);
}

/** A start line that could be one: anything else is what stands where a head should. */
const isPlausible = (head: RequestHead | ResponseHead): boolean =>
  /^HTTP\/1\.\d$/.test(head.version) &&
  (head.kind === 'request' ? !head.target.includes(' ') : head.statusCode >= 100);
