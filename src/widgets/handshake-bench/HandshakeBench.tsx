import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { browserSocket } from './bench-store.ts';
import { BreakPanel } from './BreakPanel.tsx';
import { ChallengePanel } from './ChallengePanel.tsx';
import { ClientsPanel } from './ClientsPanel.tsx';
import { ConnectionChips } from '../bench/ConnectionChips.tsx';
import { plainOptions } from './connect-options.ts';
import { ConnectPanel } from './ConnectPanel.tsx';
import { OutsidePanel } from './OutsidePanel.tsx';
import { freshKey, legalRequest, type RequestText } from './request-text.ts';
import { SessionBar } from '../bench/SessionBar.tsx';
import { Stage } from './Stage.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './handshake-bench.css';

const modes = [
  { id: 'connect', label: 'Connect' },
  { id: 'break', label: 'Break it by hand' },
  { id: 'outside', label: 'Trouble on the way' },
  { id: 'clients', label: 'Another client' },
  { id: 'challenge', label: 'Challenges' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** The learner's own opening handshake on the table: made, read byte by byte, broken and judged. */
export function HandshakeBench() {
  const bench = useWireLog();
  const witness = useStore(browserSocket.$witness);
  const [mode, setMode] = useState<Mode>('connect');
  const [options, setOptions] = useState(plainOptions);
  const [text, setText] = useState<RequestText>();
  // The newest connection is shown until the learner picks another; a new one takes the stage again.
  const [pick, setPick] = useState<{ conn: number; among: number }>();
  const { session, log, replay } = bench;
  const newest = log.connections.at(-1);
  const picked = pick?.among === log.connections.length ? pick.conn : undefined;
  const selected = log.connections.find(({ conn }) => conn === picked) ?? newest;
  const services = replay ? undefined : session.lab?.services;
  const echo = services?.['echo'];
  const legal = (): RequestText => legalRequest(echo ?? '/', new URL(sandboxOrigin()).host, freshKey());

  const choose = (next: Mode): void => {
    if (next === 'break') setText((current) => current ?? legal());
    setMode(next);
  };

  return (
    <section className="bench handshake-bench not-content" aria-label="Handshake bench">
      <SessionBar title="Handshake bench" session={session} replay={replay} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={choose}>
        {mode === 'connect' && (
          <ConnectPanel
            echo={echo}
            readyState={witness?.socket.readyState}
            options={options}
            connection={bench.browserConnection}
            onOptions={setOptions}
          />
        )}
        {mode === 'break' && (
          <BreakPanel raw={services?.['raw']} text={text ?? ''} legal={legal} onText={setText} />
        )}
        {mode === 'outside' && (
          <OutsidePanel
            labId={replay ? undefined : session.lab?.id}
            echo={echo}
            options={options}
            conditions={log.conditions}
          />
        )}
        {mode === 'clients' && <ClientsPanel echo={echo} />}
        {mode === 'challenge' && <ChallengePanel connections={replay ? [] : log.connections} />}
      </Tabs>
      <Stage connection={selected} table={bench} witness={witness} mode={mode}>
        <ConnectionChips
          connections={log.connections}
          selected={selected?.conn}
          onSelect={(conn) => {
            setPick({ conn, among: log.connections.length });
          }}
        />
      </Stage>
    </section>
  );
}
