/** How far the server has taken the messages of each client, through all connections of it. */
export class Sessions {
  readonly #maxSessions: number;
  readonly #received = new Map<string, number>();

  constructor(maxSessions: number) {
    this.#maxSessions = maxSessions;
  }

  /** The id of the last message that was taken of a session; 0 where it is not known. */
  received(session: string): number {
    return this.#received.get(session) ?? 0;
  }

  /** One that is not known goes on after the last id that its client knows to be taken. */
  begin(session: string, acknowledged: number): void {
    if (!this.#received.has(session) && acknowledged > 0) this.#remember(session, acknowledged);
  }

  /**
   * Takes a message, once and in order: one that was taken before, or that comes before its turn, is passed over.
   * Answers whether it is to be applied.
   */
  take(session: string, id: number): boolean {
    const received = this.received(session);
    this.#remember(session, id === received + 1 ? id : received);
    return id === received + 1;
  }

  #remember(session: string, received: number): void {
    // Whoever spoke last is forgotten last.
    this.#received.delete(session);
    this.#received.set(session, received);
    if (this.#received.size > this.#maxSessions) {
      const [first = ''] = this.#received.keys();
      this.#received.delete(first);
    }
  }
}
