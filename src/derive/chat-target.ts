import type { Connection } from './connection.ts';

/** What a request-target says of a chat. */
export interface ChatTarget {
  /** It is the path of the messages over HTTP, and not that of the socket. */
  isMessages: boolean;
  /** The value of a parameter; `undefined` where there is none, or one that is not UTF-8. */
  parameter(name: string): string | undefined;
}

/** The paths of a chat: its socket's, and that of its messages. */
const chatPath = /^\/labs\/[^/]+\/chat(\/messages)?$/;

/** Reads a request-target; `undefined` for one that is not of a chat. */
export function parseChatTarget(target: string): ChatTarget | undefined {
  const [path = '', query = ''] = target.split('?');
  const match = chatPath.exec(path);
  return match
    ? { isMessages: match[1] !== undefined, parameter: (name) => parameterOf(query, name) }
    : undefined;
}

/** What the first request of a connection says of a chat. */
export const chatTargetOf = ({ request }: Connection): ChatTarget | undefined =>
  request && parseChatTarget(request.target);

function parameterOf(query: string, name: string): string | undefined {
  const pair = query.split('&').find((each) => each.startsWith(`${name}=`));
  try {
    return pair && decodeURIComponent(pair.slice(name.length + 1).replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
