import type { Extension, ExtensionParameter } from './extension.ts';

/** The name under which it is offered (RFC 7692 §7). */
export const deflateName = 'permessage-deflate';

/** The largest LZ77 window, which counts where nothing else was agreed: 2^15 bytes (RFC 7692 §7.1.2). */
export const largestWindowBits = 15;

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
const isWindowBits = (value: string | undefined): value is string => /^(8|9|1[0-5])$/.test(value ?? '');

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
export const agreementOf = (answer: DeflateParameters): DeflateAgreement => ({
  serverNoContextTakeover: answer.serverNoContextTakeover,
  clientNoContextTakeover: answer.clientNoContextTakeover,
  serverMaxWindowBits: answer.serverMaxWindowBits ?? largestWindowBits,
  clientMaxWindowBits:
    typeof answer.clientMaxWindowBits === 'number' ? answer.clientMaxWindowBits : largestWindowBits,
});
