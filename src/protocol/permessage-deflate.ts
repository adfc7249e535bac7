import type { Extension, ExtensionParameter } from './extension.ts';

/** The name under which it is offered (RFC 7692 §7). */
export const deflateName = 'permessage-deflate';

/** The largest LZ77 window, which counts where nothing else was agreed: 2^15 bytes (RFC 7692 §7.1.2). */
const largestWindowBits = 15;

/** The parameters of one offer, or of one answer (RFC 7692 §7.1). */
export interface DeflateParameters {
  /** The server forgets its window after each message. */
  serverNoContextTakeover: boolean;
  /** The client forgets its window after each message. */
  clientNoContextTakeover: boolean;
  /** The server's window holds at most 2^n bytes; 8 to 15. */
  serverMaxWindowBits: number | undefined;
  /** The same for the client; in an offer also `"any"`: the client would follow whatever limit the server sets. */
  clientMaxWindowBits: number | 'any' | undefined;
}

/** How the messages of a connection are compressed, once both have agreed. */
export interface DeflateAgreement {
  serverNoContextTakeover: boolean;
  clientNoContextTakeover: boolean;
  /** 8 to 15. */
  serverMaxWindowBits: number;
  /** 8 to 15. */
  clientMaxWindowBits: number;
}

/** What a reader of parameters answers: the parameters, or what is wrong with them. */
type ReadParameters = { ok: true; value: DeflateParameters } | { ok: false; found: string };

/** Reads the parameters of an offer. A server declines an offer that is not in order (RFC 7692 §7.1). */
export const readDeflateOffer = (extension: Extension): ReadParameters => readParameters(extension, true);

/** Reads the parameters of an answer. A client fails the connection over one that is not in order (RFC 7692 §7.1). */
export const readDeflateAnswer = (extension: Extension): ReadParameters => readParameters(extension, false);

function readParameters({ parameters }: Extension, isOffer: boolean): ReadParameters {
  const value: DeflateParameters = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: undefined,
    clientMaxWindowBits: undefined,
  };
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const { name } = parameter;
    if (seen.has(name)) return { ok: false, found: `${name} twice` };
    seen.add(name);
    const fault = readParameter(parameter, isOffer, value);
    if (fault !== undefined) return { ok: false, found: fault };
  }
  return { ok: true, value };
}

/** Adds one parameter to what was read; answers what is wrong with it, if anything. */
function readParameter(
  { name, value }: ExtensionParameter,
  isOffer: boolean,
  read: DeflateParameters,
): string | undefined {
  switch (name) {
    case 'server_no_context_takeover':
    case 'client_no_context_takeover':
      // §7.1.1: neither takes a value.
      if (value !== undefined) return `${name} with a value`;
      if (name === 'server_no_context_takeover') read.serverNoContextTakeover = true;
      else read.clientNoContextTakeover = true;
      return undefined;
    case 'server_max_window_bits':
      if (!isWindowBits(value)) return `${name}=${value ?? '(no value)'}`;
      read.serverMaxWindowBits = Number(value);
      return undefined;
    case 'client_max_window_bits':
      // §7.1.2.2: only an offer may leave the value out.
      if (value === undefined && isOffer) {
        read.clientMaxWindowBits = 'any';
        return undefined;
      }
      if (!isWindowBits(value)) return `${name}=${value ?? '(no value)'}`;
      read.clientMaxWindowBits = Number(value);
      return undefined;
    default:
      return `an unknown parameter ${name}`;
  }
}

/** §7.1.2: a decimal integer from 8 to 15 without leading zeros. */
const isWindowBits = (value: string | undefined): boolean => /^(8|9|1[0-5])$/.test(value ?? '');

/** Why an answer does not fit an offer (RFC 7692 §7.1.1, §7.1.2); `undefined` where it does. */
export function misfitOfDeflateAnswer(
  answer: DeflateParameters,
  offer: DeflateParameters,
): string | undefined {
  if (offer.serverNoContextTakeover && !answer.serverNoContextTakeover) {
    return 'server_no_context_takeover was asked for and not granted';
  }
  if (
    offer.serverMaxWindowBits !== undefined &&
    (answer.serverMaxWindowBits ?? largestWindowBits + 1) > offer.serverMaxWindowBits
  ) {
    return `server_max_window_bits=${String(offer.serverMaxWindowBits)} was asked for and not granted`;
  }
  if (answer.clientMaxWindowBits !== undefined && offer.clientMaxWindowBits === undefined) {
    return 'client_max_window_bits was not offered';
  }
  if (
    typeof answer.clientMaxWindowBits === 'number' &&
    typeof offer.clientMaxWindowBits === 'number' &&
    answer.clientMaxWindowBits > offer.clientMaxWindowBits
  ) {
    return `client_max_window_bits is above the ${String(offer.clientMaxWindowBits)} that was offered`;
  }
  return undefined;
}

/** What an answer means for the connection: a limit that it does not set is the largest one. */
const agreementOf = (answer: DeflateParameters): DeflateAgreement => ({
  serverNoContextTakeover: answer.serverNoContextTakeover,
  clientNoContextTakeover: answer.clientNoContextTakeover,
  serverMaxWindowBits: answer.serverMaxWindowBits ?? largestWindowBits,
  clientMaxWindowBits:
    typeof answer.clientMaxWindowBits === 'number' ? answer.clientMaxWindowBits : largestWindowBits,
});

/** Writes an offer or an answer as an extension. */
export function formatDeflate(parameters: DeflateParameters): Extension {
  const { serverMaxWindowBits, clientMaxWindowBits } = parameters;
  const written: ExtensionParameter[] = [];
  const add = (name: string, value?: number): void => {
    written.push({ name, value: value === undefined ? undefined : String(value) });
  };
  if (parameters.serverNoContextTakeover) add('server_no_context_takeover');
  if (parameters.clientNoContextTakeover) add('client_no_context_takeover');
  if (serverMaxWindowBits !== undefined) add('server_max_window_bits', serverMaxWindowBits);
  if (clientMaxWindowBits === 'any') add('client_max_window_bits');
  else if (clientMaxWindowBits !== undefined) add('client_max_window_bits', clientMaxWindowBits);
  return { name: deflateName, parameters: written };
}

/** What a server would like of permessage-deflate; what is left out it leaves to the client. */
export interface DeflateWishes {
  /** Forget its own window after each message, asked or not. */
  serverNoContextTakeover?: boolean;
  /** Have the client forget its window after each message. */
  clientNoContextTakeover?: boolean;
  /** The largest window of its own, 8 to 15. */
  serverMaxWindowBits?: number;
  /** The largest window of the client, 8 to 15: granted only by a client that offers to be limited. */
  clientMaxWindowBits?: number;
}

/**
 * A server's answer to the offers of a client, in their order of preference: to the first that is in order and that its
 * wishes fit (RFC 7692 §5.1, §7.1). `undefined` where it declines them all.
 */
export function answerDeflate(
  offers: readonly Extension[],
  wishes: DeflateWishes = {},
): DeflateParameters | undefined {
  for (const extension of offers) {
    if (extension.name !== deflateName) continue;
    const offer = readDeflateOffer(extension);
    const answer = offer.ok ? answerOffer(offer.value, wishes) : undefined;
    if (answer) return answer;
  }
  return undefined;
}

function answerOffer(offer: DeflateParameters, wishes: DeflateWishes): DeflateParameters | undefined {
  const limit = wishes.clientMaxWindowBits;
  // §7.1.2.2: a client that does not offer to be limited must not be.
  if (limit !== undefined && limit < largestWindowBits && offer.clientMaxWindowBits === undefined)
    return undefined;
  return {
    serverNoContextTakeover: offer.serverNoContextTakeover || wishes.serverNoContextTakeover === true,
    clientNoContextTakeover: offer.clientNoContextTakeover || wishes.clientNoContextTakeover === true,
    serverMaxWindowBits: smaller(offer.serverMaxWindowBits, wishes.serverMaxWindowBits),
    clientMaxWindowBits:
      offer.clientMaxWindowBits === undefined
        ? undefined
        : smaller(offer.clientMaxWindowBits === 'any' ? undefined : offer.clientMaxWindowBits, limit),
  };
}

const smaller = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : other === undefined ? one : Math.min(one, other);

/** What the extensions of a 101 mean for the messages of the connection; `undefined` where none is compressed. */
export function agreedDeflate(answered: readonly Extension[]): DeflateAgreement | undefined {
  const extension = answered.find(({ name }) => name === deflateName);
  const answer = extension && readDeflateAnswer(extension);
  return answer?.ok ? agreementOf(answer.value) : undefined;
}
