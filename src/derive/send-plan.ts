/** How frames go out: each in a TCP write of its own, all in one, or all but cut in two at a byte. */
export type SendingManner = { kind: 'apart' } | { kind: 'together' } | { kind: 'cut'; at: number };

/** The TCP writes that put these frames on the wire. A cut outside of them cuts nothing; none is empty. */
export function sendPlan(frames: readonly Uint8Array[], manner: SendingManner): Uint8Array<ArrayBuffer>[] {
  if (manner.kind === 'apart') {
    return frames.filter(({ length }) => length > 0).map((frame) => new Uint8Array(frame));
  }
  const all = new Uint8Array(frames.reduce((length, frame) => length + frame.length, 0));
  let offset = 0;
  for (const frame of frames) {
    all.set(frame, offset);
    offset += frame.length;
  }
  const writes = manner.kind === 'cut' ? [all.slice(0, manner.at), all.slice(manner.at)] : [all];
  return writes.filter(({ length }) => length > 0);
}
