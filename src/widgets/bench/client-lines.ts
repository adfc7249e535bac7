/** A line, or a few, to paste somewhere: it connects to a service of a lab. */
export interface ClientLine {
  /** The client, as its copy button names it. */
  label: string;
  /** What has to be there first, and what to know of it. */
  note: string;
  line: string;
}

/** Ready lines for the clients that people have, for a service at `address` (`ws:` or `wss:`). */
export const clientLines = (address: string): readonly ClientLine[] => [
  {
    label: 'curl',
    note: 'Shows the handshake only: to curl it is a GET. It waits three seconds, then hangs up.',
    line: [
      'curl -i -N --max-time 3 --http1.1',
      "-H 'Connection: Upgrade' -H 'Upgrade: websocket'",
      "-H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA=='",
      `'${address.replace(/^ws/, 'http')}'`,
    ].join(' '),
  },
  {
    label: 'wscat',
    note: 'Needs Node.js; npx fetches it. Each line that you type is a message.',
    line: `npx wscat -c '${address}'`,
  },
  { label: 'websocat', note: 'Each line that you type is a message.', line: `websocat '${address}'` },
  {
    label: 'Python',
    note: 'Needs pip install websockets. Each line that you type is a message.',
    line: `python3 -m websockets '${address}'`,
  },
  {
    label: 'Node 22+',
    note: 'Nothing to install. Stays connected until you press Ctrl-C.',
    line: `node -e "new WebSocket('${address}').onopen = ({ target }) => { for (let i = 1; i <= 20; i++) target.send('hello ' + i) }"`,
  },
  {
    label: 'Go',
    note: 'In an empty folder. Needs Go, and fetches github.com/coder/websocket.',
    line: goLines(address),
  },
  {
    label: 'Console',
    note: 'For the console of your browser, on this very page.',
    line: `var socket = new WebSocket('${address}'); socket.onopen = () => socket.send('hello'); socket.onmessage = ({ data }) => console.log(data)`,
  },
];

const goLines = (address: string): string =>
  `cat > client.go <<'END'
package main

import (
	"context"
	"fmt"

	"github.com/coder/websocket"
)

func main() {
	ctx := context.Background()
	socket, _, err := websocket.Dial(ctx, "${address}", nil)
	if err != nil {
		panic(err)
	}
	if err := socket.Write(ctx, websocket.MessageText, []byte("hello")); err != nil {
		panic(err)
	}
	_, message, err := socket.Read(ctx)
	fmt.Println(string(message), err)
	socket.Close(websocket.StatusNormalClosure, "")
}
END
go mod init client && go get github.com/coder/websocket && go run client.go`;
