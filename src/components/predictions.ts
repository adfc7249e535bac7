/** What the reader guessed: which option, counted from 0, and its words. */
export interface Guess {
  option: number;
  label: string;
}

const guesses = new Map<string, Guess>();
const listeners = new Map<string, (guess: Guess) => void>();

/** Keeps a guess for as long as the page is open, and tells the answer of that name. */
export function remember(name: string, guess: Guess): void {
  guesses.set(name, guess);
  listeners.get(name)?.(guess);
}

/** Calls `show` with the guess of that name: now if there is one, and whenever it changes. */
export function whenGuessed(name: string, show: (guess: Guess) => void): void {
  listeners.set(name, show);
  const guess = guesses.get(name);
  if (guess) show(guess);
}
