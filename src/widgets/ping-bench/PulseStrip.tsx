import type { Connection } from '../../derive/connection.ts';
import type { Heartbeat, Silence } from '../../derive/heartbeat.ts';
import { formatMs } from '../../ui/units.ts';

/** How much of a connection the strip shows: its last so many ms. */
const windowMs = 8000;

/** The last eight seconds on the wire: pings, pongs and the page's own messages, each a lane. Time runs right. */
export function PulseStrip({ connection, heartbeat }: { connection: Connection; heartbeat: Heartbeat }) {
  const last = Math.max(connection.openedAt, ...connection.frames.slice(-4).map(({ at }) => at));
  const begin = Math.max(connection.openedAt, last - windowMs);
  const place = (at: number): string => `${String(((at - begin) / windowMs) * 100)}%`;
  const pings = heartbeat.beats.filter(({ from }) => from === 'server');
  const lanes = [
    { id: 'ping', label: 'Pings of the server', sign: '▼', times: pings.map(({ at }) => at) },
    {
      id: 'pong',
      label: 'Pongs of the browser',
      sign: '▲',
      times: pings.flatMap(({ answeredAt }) => (answeredAt === undefined ? [] : [answeredAt])),
    },
    { id: 'message', label: 'Messages of the page', sign: '■', times: heartbeat.messages.client },
  ];
  const silence = heartbeat.longestWithoutMessage;
  return (
    <div className="pulse" aria-hidden="true">
      {lanes.map(({ id, label, sign, times }) => (
        <div key={id} className="pulse-lane" data-lane={id}>
          <span className="pulse-label">{label}</span>
          <span className="pulse-track">
            {id === 'message' && isLong(silence) && silence.to > begin && (
              <span
                className="pulse-silence"
                style={{
                  left: place(Math.max(begin, silence.from)),
                  right: `calc(100% - ${place(silence.to)})`,
                }}
              >
                {formatMs(silence.to - silence.from)} of silence
              </span>
            )}
            {times
              .filter((at) => at >= begin)
              .map((at) => (
                <span key={at} className="pulse-beat" style={{ left: place(at) }}>
                  {sign}
                </span>
              ))}
          </span>
        </div>
      ))}
      <p className="pulse-scale">the last 8 seconds of connection {connection.conn}, on the wire</p>
    </div>
  );
}

/** Longer than a few missed messages. */
const isLong = (silence: Silence | undefined): silence is Silence =>
  silence !== undefined && silence.to - silence.from > 1500;
