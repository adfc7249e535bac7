/** Who has ended how much of a connection: each side its own direction with a FIN, anybody all of it with an RST. */
export class Ends {
  client = false;
  /** The server's direction; the link's FIN stands for the server's. */
  server = false;

  /** Whether both directions are over. */
  get both(): boolean {
    return this.client && this.server;
  }

  /** Notes an end; answers whether it is news. A side that has ended its direction may still reset. */
  note(by: 'client' | 'server' | 'link', how: 'fin' | 'rst', isCut: boolean): boolean {
    const hasEnded = by === 'client' ? this.client : this.server || isCut;
    if ((hasEnded && how === 'fin') || this.both) return false;
    if (by !== 'client') this.server = true;
    if (how === 'rst') this.client = this.server = true;
    return true;
  }
}
