/** What we use of Pagefind's answer. */
interface Found {
  url: string;
  excerpt: string;
  meta: { title?: string };
  sub_results: { title: string; url: string; excerpt: string }[];
}
interface Pagefind {
  options(chosen: { noWorker: boolean }): Promise<void>;
  init(): Promise<void>;
  /** `null` where a newer query has overtaken this one. */
  debouncedSearch(query: string): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

/** So many pages are shown, and so many sections of each: what fits in a glance. */
const mostPages = 8;
const mostSections = 3;

/** The search of the header: a dialog over Pagefind's index, driven by keyboard as well as by pointer. */
class Search extends HTMLElement {
  #pagefind: Promise<Pagefind> | undefined;

  connectedCallback() {
    const open = this.querySelector<HTMLButtonElement>('.open');
    const close = this.querySelector<HTMLButtonElement>('.close');
    const dialog = this.querySelector('dialog');
    const input = this.querySelector('input');
    if (!open || !close || !dialog || !input) return;

    const show = () => {
      this.#load().catch(() => {
        this.#say('The search index could not be loaded. It is made by the build: the dev server has none.');
      });
      dialog.showModal();
      input.select();
    };
    open.disabled = false;
    open.addEventListener('click', show);
    close.addEventListener('click', () => {
      dialog.close();
    });
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog || (target instanceof HTMLElement && target.closest('a'))) dialog.close();
    });
    dialog.addEventListener('keydown', (event) => {
      // Of itself, Escape would only empty a field that has something in it.
      if (event.key === 'Escape') dialog.close();
      else this.#step(event);
    });
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.querySelector<HTMLAnchorElement>('.results a')?.click();
    });
    input.addEventListener('input', () => {
      void this.#search(input.value.trim());
    });
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (dialog.open) dialog.close();
      else show();
    });
  }

  #load(): Promise<Pagefind> {
    this.#pagefind ??= import(/* @vite-ignore */ this.dataset['index'] ?? '').then(
      async (pagefind: Pagefind) => {
        // A worker would stand under the policy of its own file, which allows it nothing; the index is small.
        await pagefind.options({ noWorker: true });
        await pagefind.init();
        return pagefind;
      },
    );
    // A load that failed is tried again with the next opening.
    this.#pagefind.catch(() => (this.#pagefind = undefined));
    return this.#pagefind;
  }

  async #search(query: string): Promise<void> {
    const list = this.querySelector('.results');
    if (!list) return;
    if (query === '') {
      list.replaceChildren();
      this.#say('');
      return;
    }
    const answer = await (await this.#load()).debouncedSearch(query);
    if (answer === null) return;
    const pages = await Promise.all(answer.results.slice(0, mostPages).map((result) => result.data()));
    list.replaceChildren(...pages.map(item));
    const count = answer.results.length;
    this.#say(
      count === 0
        ? `Nothing found for “${query}”.`
        : `${String(count)} ${count === 1 ? 'page' : 'pages'} found.`,
    );
  }

  #say(text: string): void {
    const state = this.querySelector('.state');
    if (state) state.textContent = text;
  }

  /** Arrow keys walk from the field through the results and back. */
  #step(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const stops = [...this.querySelectorAll<HTMLElement>('input, .results a')];
    const here = stops.findIndex((stop) => stop === document.activeElement);
    event.preventDefault();
    stops[Math.min(Math.max(here + step, 0), stops.length - 1)]?.focus();
  }
}

function item({ url, meta, excerpt, sub_results: sections }: Found): HTMLLIElement {
  const page = document.createElement('li');
  page.append(link(url, meta.title ?? url));
  const within = sections.filter((section) => section.url !== url).slice(0, mostSections);
  if (within.length === 0) page.append(passage(excerpt));
  else {
    const list = document.createElement('ol');
    list.append(
      ...within.map((section) => {
        const found = document.createElement('li');
        found.append(link(section.url, section.title), passage(section.excerpt));
        return found;
      }),
    );
    page.append(list);
  }
  return page;
}

function link(url: string, text: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.textContent = text;
  return anchor;
}

function passage(excerpt: string): HTMLParagraphElement {
  const paragraph = document.createElement('p');
  // Pagefind escapes the page's text and adds <mark> around what was found.
  paragraph.innerHTML = excerpt;
  return paragraph;
}

customElements.define('ws-search', Search);
