/** What is asked of a WebSocket: the browser's, Node's and that of `ws` have it. */
export interface WebSocketLike {
  readonly readyState: number;
  /** Bytes that `send` has taken and the network has not. */
  readonly bufferedAmount: number;
  onopen: ((this: never, event: never) => unknown) | null;
  onmessage: ((this: never, event: never) => unknown) | null;
  onclose: ((this: never, event: never) => unknown) | null;
  onerror: ((this: never, event: never) => unknown) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** Makes one. */
export type WebSocketMaker = new (url: string, protocols?: string[]) => WebSocketLike;

/** `readyState` of an open one. */
export const OPEN = 1;
