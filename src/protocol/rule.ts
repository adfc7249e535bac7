/** A MUST of a standard, as data: the decoder judges by it, the page shows it, the tests name it. */
export interface Rule {
  /** Stable, kebab-case. */
  id: string;
  /** Where it stands: `RFC 6455 §5.2`. */
  section: string;
  /** What it demands, one sentence in our own words. */
  says: string;
  /** The close code that breaking it calls for; absent for rules of the opening handshake. */
  closeCode?: number;
}
