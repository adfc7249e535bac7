import { encodeFrame } from '../../protocol/encode-frame.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { newMaskingKey } from './masking-key.ts';

/** A legal frame to begin with: a text message of a client. */
export const newFrame = (): Uint8Array =>
  encodeFrame({ opcode: Opcode.text, payload: encodeUtf8('Hello'), maskingKey: newMaskingKey() });
