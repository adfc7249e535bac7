/** The mark that a request-target carries in its query, by which a page knows its own; `undefined` where it has none. */
export const markOf = (target: string): string | undefined => /[?&]mark=([a-z0-9-]+)/.exec(target)?.[1];
