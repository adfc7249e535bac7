/** A line on the terminal's screen: who it comes from, and its text. */
export interface TerminalLine {
  kind: 'sent' | 'received' | 'note' | 'error' | 'help';
  text: string;
}

/** Puts a line on the screen. */
export type Print = (kind: TerminalLine['kind'], text: string) => void;
