/**
 * Rounds of a poll, summed up so that a straight line can be laid through them: what a round costs, by how many
 * messages it brings.
 */
export interface RoundSums {
  rounds: number;
  messages: number;
  bytes: number;
  messagesSquared: number;
  bytesTimesMessages: number;
}

export const noRounds = (): RoundSums => ({
  rounds: 0,
  messages: 0,
  bytes: 0,
  messagesSquared: 0,
  bytesTimesMessages: 0,
});

/** Adds a round that brought so many messages and cost so many bytes. */
export function addRound(sums: RoundSums, messages: number, bytes: number): void {
  sums.rounds++;
  sums.messages += messages;
  sums.bytes += bytes;
  sums.messagesSquared += messages * messages;
  sums.bytesTimesMessages += bytes * messages;
}

/** The line through rounds: bytes of one that brings nothing, and of each message on top of that. */
export interface RoundCost {
  perRound: number;
  perMessage: number;
}

/**
 * The line that fits the rounds best (least squares). Where all brought equally many, no line can be told from another:
 * then a message is taken to cost `messageBytes`. `undefined` without a round.
 */
export function roundCost(sums: RoundSums, messageBytes: number): RoundCost | undefined {
  const { rounds, messages, bytes, messagesSquared, bytesTimesMessages } = sums;
  if (rounds === 0) return undefined;
  const spread = rounds * messagesSquared - messages * messages;
  const slope = spread === 0 ? messageBytes : (rounds * bytesTimesMessages - bytes * messages) / spread;
  const perMessage = Math.max(0, slope);
  return { perMessage, perRound: Math.max(0, (bytes - perMessage * messages) / rounds) };
}
