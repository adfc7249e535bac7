import type { Connection } from './connection.ts';

/** Where the bytes of one side went. */
export interface LedgerSide {
  /** The head of the opening handshake, in bytes. */
  handshakeBytes: number;
  frames: number;
  /** Frame headers: everything of a frame but its payload data. */
  frameHeaderBytes: number;
  payloadBytes: number;
}

/** Header bytes against payload bytes of a connection, each side for itself. */
export interface Ledger {
  client: LedgerSide;
  server: LedgerSide;
}

/** Adds up what a connection has cost so far. */
export function ledger({ request, response, frames }: Connection): Ledger {
  const sides: Ledger = {
    client: emptySide(request?.bytes.length),
    server: emptySide(response?.bytes.length),
  };
  for (const { from, frame, range } of frames) {
    const side = sides[from];
    const payloadBytes = frame.wirePayload.length;
    side.frames++;
    side.payloadBytes += payloadBytes;
    side.frameHeaderBytes += range.end - range.start - payloadBytes;
  }
  return sides;
}

const emptySide = (handshakeBytes = 0): LedgerSide => ({
  handshakeBytes,
  frames: 0,
  frameHeaderBytes: 0,
  payloadBytes: 0,
});
