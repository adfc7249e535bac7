import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { cut } from '../../lab/lab-client.ts';
import { openRawBridge } from '../../lab/raw-bridge.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { $session } from '../../lab/session-store.ts';
import type { Print } from './terminal-line.ts';
import { TerminalScreen } from './terminal-screen.ts';
import { TerminalSession } from './terminal-session.ts';

/** A terminal on the page. */
export interface OpenTerminal {
  focus: () => void;
  /** Ends its connection and takes it off the page. */
  dispose: () => void;
}

const maxLines = 5000;

/** Opens a terminal in an element, as wide as that is. Ends what it opened with `dispose()`. */
export function openTerminal(element: HTMLElement): OpenTerminal {
  const terminal = new Terminal({
    scrollback: maxLines,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: getComputedStyle(element).fontFamily,
    fontSize: 13,
    lineHeight: 1.3,
    theme: themeOf(element),
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  // Nobody is trapped: Shift-Tab leaves as on any page, and the drawer's key reaches the page.
  terminal.attachCustomKeyEventHandler(
    ({ key, shiftKey, ctrlKey }) => !(key === 'Tab' && shiftKey) && !(key === '`' && ctrlKey),
  );
  terminal.open(element);
  fit.fit();
  const screen = new TerminalScreen(terminal, {
    entered: (line) => {
      session.enter(line);
    },
    interrupted: () => {
      session.interrupt();
    },
  });
  const log = spokenLog(element);
  const session = new TerminalSession({
    print: (kind, text) => {
      screen.print(kind, text);
      log.say(kind, text);
    },
    clear: () => {
      screen.clear();
    },
    prompt: (prompt) => {
      screen.ask(prompt);
    },
    lab: () => $session.get().lab,
    host: () => new URL(sandboxOrigin()).host,
    openBridge: openRawBridge,
    cut: async (how) => {
      const lab = $session.get().lab;
      if (lab) await cut(lab.id, { how });
    },
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });
  screen.print(
    'help',
    'A WebSocket client in your hands: it answers nothing by itself. connect, raw, or help.',
  );

  // The lab is held as long as somebody listens.
  const stopListening = $session.listen(() => undefined);
  const sizes = new ResizeObserver(() => {
    if (element.clientHeight > 0) fit.fit();
  });
  sizes.observe(element);
  const themes = new MutationObserver(() => {
    terminal.options.theme = themeOf(element);
  });
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return {
    focus() {
      terminal.focus();
    },
    dispose() {
      sizes.disconnect();
      themes.disconnect();
      stopListening();
      session.dispose();
      terminal.dispose();
      log.remove();
    },
  };
}

const spokenWords = { sent: 'Sent: ', received: 'Received: ', note: '', error: 'Error: ', help: '' } as const;
const maxSpokenLines = 40;

/** What is printed, once more as text for a screen reader: the screen itself is drawn in cells. */
function spokenLog(element: HTMLElement): { say: Print; remove: () => void } {
  const log = document.createElement('div');
  log.className = 'terminal-log';
  log.setAttribute('role', 'log');
  element.append(log);
  return {
    say(kind, text) {
      const line = document.createElement('p');
      line.textContent = spokenWords[kind] + text;
      log.append(line);
      if (log.childElementCount > maxSpokenLines) log.firstElementChild?.remove();
    },
    remove() {
      log.remove();
    },
  };
}

/** The page's own colours: client blue, server amber. */
function themeOf(element: HTMLElement): ITheme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--ws-${name}`).trim();
  return {
    background: token('surface-sunken'),
    foreground: token('text'),
    cursor: token('accent'),
    cursorAccent: token('surface-sunken'),
    selectionBackground: token('accent-soft'),
    blue: token('client'),
    yellow: token('server'),
    red: token('error'),
    green: token('ok'),
    brightBlack: token('text-muted'),
  };
}
