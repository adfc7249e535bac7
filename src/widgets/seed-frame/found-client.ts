import { messageText } from '../../derive/belief.ts';
import type { ClientMaker, LabClient, Told } from '../resilience-lab/lab-client.ts';
import type { FoundName } from './found-names.ts';

/** What the frame's script may tell. */
const known = new Set<Told['what']>([
  'connecting',
  'open',
  'end',
  'sent',
  'queued',
  'handed over',
  'refused',
  'applied',
  'threw',
]);

/** What a message of the frame tells; `undefined` where it is none of the witness's. */
function toldBy(data: unknown): Told | undefined {
  if (typeof data !== 'object' || data === null || !('found' in data)) return undefined;
  const { found } = data;
  if (typeof found !== 'object' || found === null || !('what' in found)) return undefined;
  // The witness in the frame is ours; the snippet that runs beside it is, too.
  return known.has(found.what as Told['what']) ? (found as Told) : undefined;
}

/**
 * A client as found on the web, in a sandboxed frame of no origin: it fails there as it does in life, and cannot touch
 * this page. What it does and is told, a witness in the frame tells.
 */
export function foundClient(
  name: FoundName,
  address: string,
  mark: string,
  tell: Parameters<ClientMaker>[2],
): LabClient {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'A snippet as found on the web';
  frame.hidden = true;
  frame.src = `/as-found-${name}.html#${encodeURIComponent(address)}`;
  let state: LabClient['state'] = 'connecting';
  const heard = ({ source, data }: MessageEvent<unknown>): void => {
    const told = source === frame.contentWindow ? toldBy(data) : undefined;
    if (!told) return;
    if (told.what === 'connecting' || told.what === 'open') state = told.what;
    if (told.what === 'end') state = 'closed';
    tell(told);
  };
  window.addEventListener('message', heard);
  document.body.append(frame);
  return {
    send(number) {
      frame.contentWindow?.postMessage({ number, text: messageText(mark, number) }, '*');
    },
    pendingCount: 0,
    get state() {
      return state;
    },
    close() {
      window.removeEventListener('message', heard);
      frame.remove();
    },
  };
}
