import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireOnDemand } from '../bench/WireOnDemand.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { BlankSocket } from './BlankSocket.tsx';
import { TerminalBox } from './TerminalBox.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './terminal.css';

/** The terminal with its ladder of tasks, and the wire below: what is typed, judged and seen byte by byte. */
export function TerminalBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  return (
    <section className="bench terminal-bench not-content" aria-label="Terminal bench">
      <SessionBar title="Terminal" session={session} replay={replay} />
      <div className="terminal-pair">
        <TerminalBox />
        <BlankSocket connections={replay ? [] : log.connections} />
      </div>
      <ConditionsPanel labId={replay ? undefined : session.lab?.id} conditions={log.conditions} />
      <WireOnDemand table={table} />
    </section>
  );
}
