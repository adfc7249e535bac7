import type { ClientLine } from '../bench/client-lines.ts';

/** Ready lines that join a room as a guest, for its socket and its messages over HTTP. */
export const guestLines = (socket: string, messages: string): readonly ClientLine[] => [
  {
    label: 'wscat',
    note: 'Needs Node.js; npx fetches it. Then type a message: {"type":"message","text":"Hello","clientId":"1"}',
    line: `npx wscat -c '${socket}?name=Carol'`,
  },
  {
    label: 'Node 22+',
    note: 'Nothing to install. It says hello once, and shows what it is told until you press Ctrl-C.',
    line: `node -e "const chat = new WebSocket('${socket}?name=Nora'); chat.onmessage = ({ data }) => console.log(data); chat.onopen = () => chat.send(JSON.stringify({ type: 'message', text: 'Hello from Node', clientId: 'n-1' }))"`,
  },
  {
    label: 'Python',
    note: 'Needs pip install websockets. Each line that you type is a message, so type JSON.',
    line: `python3 -m websockets '${socket}?name=Paul'`,
  },
  {
    label: 'curl, to say',
    note: 'No WebSocket at all: the answer is the stored message, which is its acknowledgement.',
    line: `curl -s -X POST '${messages}' -H 'Content-Type: application/json' -d '{"name":"Curly","text":"Hello from curl","clientId":"c-1"}'`,
  },
  {
    label: 'curl, to ask',
    note: 'One poll. Put the “next” of its answer into since, and ask again.',
    line: `curl -s '${messages}?since=0&as=Curly'`,
  },
];
