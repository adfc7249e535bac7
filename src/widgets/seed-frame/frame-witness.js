/* eslint-disable no-undef, no-unused-vars -- a classic script of a browser: its names are what the snippet beside it uses */

// Runs in the sandboxed frame before the snippet: it gives the snippet what it takes for granted, and tells the page
// around the frame what really happens. A classic script, since a snippet as found on the web is one.
const address = decodeURIComponent(location.hash.slice(1));
const show = (data) => tell({ what: 'applied', data: String(data) });
const tell = (told) => parent.postMessage({ found: told }, '*');

/** The numbers of the messages that the page asked for, by their text. */
const numbers = new Map();
/** The text that the snippet is being asked to say, until it was handed to a socket. */
let saying;

window.WebSocket = class extends WebSocket {
  constructor(...given) {
    tell({ what: 'connecting' });
    super(...given);
    this.addEventListener('open', () => tell({ what: 'open' }));
    this.addEventListener('close', ({ code, reason, wasClean }) => {
      tell({ what: 'end', code, reason, wasClean });
    });
  }

  send(data) {
    super.send(data);
    const number = numbers.get(data);
    if (number === undefined) return;
    // On a socket that is closed it returns as well.
    tell({ what: data === saying ? 'sent' : 'handed over', number });
    if (data === saying) saying = undefined;
  }
};

window.addEventListener('error', ({ message }) => tell({ what: 'threw', message }));
window.addEventListener('message', ({ data, source }) => {
  if (source !== parent) return;
  const { number, text } = data;
  numbers.set(text, number);
  saying = text;
  try {
    say(text);
    if (saying !== undefined) tell({ what: 'queued', number });
  } catch (error) {
    tell({ what: 'refused', number, why: error.name });
  }
  saying = undefined;
});
