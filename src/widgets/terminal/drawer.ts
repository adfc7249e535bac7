import { openTerminal, type OpenTerminal } from './open-terminal.ts';
import './drawer.css';
import './terminal.css';

const heightKey = 'ws101.terminal-height';
const stepRem = 2;
const leastRem = 10;
const mostRem = 60;

/** A drawer with a terminal at the foot of the page. It is built once; closing it keeps what is in it. */
class Drawer {
  readonly #element = document.createElement('aside');
  readonly #terminal: OpenTerminal;
  /** Where the focus was when it opened. */
  #opener: HTMLElement | undefined;
  #heightRem = Number(localStorage.getItem(heightKey) ?? 22);

  constructor() {
    const element = this.#element;
    element.className = 'terminal-drawer';
    element.setAttribute('aria-label', 'Terminal');
    element.innerHTML = `
      <div class="terminal-drawer-grip" role="separator" tabindex="0" aria-orientation="horizontal"
        aria-label="Height of the terminal" aria-valuemin="${String(leastRem)}" aria-valuemax="${String(mostRem)}"></div>
      <header>Terminal <a href="/reference/terminal/">Its own page, and the ladder</a>
        <button type="button">Close</button></header>
      <div class="terminal-box" role="group" aria-label="Terminal"></div>`;
    document.body.append(element);
    const [grip, close, box] = [
      element.querySelector<HTMLElement>('.terminal-drawer-grip'),
      element.querySelector('button'),
      element.querySelector<HTMLElement>('.terminal-box'),
    ];
    if (!grip || !close || !box) throw new Error('The drawer was built without its parts');
    close.addEventListener('click', () => {
      this.toggle();
    });
    this.#makeResizable(grip);
    this.#setHeight(this.#heightRem);
    this.#terminal = openTerminal(box);
    element.hidden = true;
  }

  /** Opens it and takes the focus, or closes it and gives the focus back. */
  toggle(): void {
    const opens = this.#element.hidden;
    if (opens)
      this.#opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    this.#element.hidden = !opens;
    if (opens) this.#terminal.focus();
    else this.#opener?.focus();
  }

  #makeResizable(grip: HTMLElement): void {
    grip.addEventListener('pointerdown', ({ pointerId }) => {
      grip.setPointerCapture(pointerId);
    });
    grip.addEventListener('pointermove', ({ pointerId, clientY }) => {
      if (!grip.hasPointerCapture(pointerId)) return;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      this.#setHeight((innerHeight - clientY) / rem);
    });
    grip.addEventListener('keydown', (event) => {
      const step = { ArrowUp: stepRem, ArrowDown: -stepRem }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#setHeight(this.#heightRem + step);
    });
  }

  #setHeight(rem: number): void {
    this.#heightRem = Math.min(mostRem, Math.max(leastRem, Number.isFinite(rem) ? rem : leastRem));
    document.documentElement.style.setProperty('--drawer-height', `${String(this.#heightRem)}rem`);
    this.#element
      .querySelector('[role="separator"]')
      ?.setAttribute('aria-valuenow', String(Math.round(this.#heightRem)));
    localStorage.setItem(heightKey, String(this.#heightRem));
  }
}

let drawer: Drawer | undefined;

/** Opens the terminal's drawer on this page, or closes it. */
export function toggleTerminal(): void {
  drawer ??= new Drawer();
  drawer.toggle();
}
