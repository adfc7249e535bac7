import { useStore } from '@nanostores/react';
import { useEffect, useMemo, useReducer, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import type { Challenge } from '../../../lessons/challenges/challenge.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { nextTray, selectedItem, trayOf } from './builder-state.ts';
import { FrameEditor } from './FrameEditor.tsx';
import { presetOf } from './frame-presets.ts';
import { connectionOfKey, createHandLine } from './hand-line.ts';
import { newMaskingKey } from './masking-key.ts';
import { Outcome } from './Outcome.tsx';
import { Presets } from './Presets.tsx';
import { Reading } from './Reading.tsx';
import { SendPanel } from './SendPanel.tsx';
import { Tray } from './Tray.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './frame-builder.css';
import './outcome.css';

export interface FrameBuilderProps {
  title?: string;
  /** The id of the preset that is in the tray at first. */
  start?: string;
  challenge?: Challenge;
}

/** Frames, legal or not, built bit by bit and sent for real over the raw bridge, beside what the server makes of them. */
export function FrameBuilder({
  title = 'Frame builder',
  start = 'rfc-masked-text',
  challenge,
}: FrameBuilderProps) {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [preset, setPreset] = useState(start);
  const [state, act] = useReducer(nextTray, start, (id) => trayOf(presetOf(id)?.frames(zeroKey) ?? []));
  const [handLine] = useState(createHandLine);
  const line = useStore(handLine.$state);
  // Chance has no place where the page is built: the first frames get their keys in the browser.
  useEffect(() => {
    act({ type: 'begin', frames: presetOf(start)?.frames(newMaskingKey) ?? [] });
  }, [start]);

  const services = replay ? undefined : session.lab?.services;
  const raw = services?.['raw'];
  const echo = services?.['echo'];
  // A connection of a lab that was left is of no use to anybody, nor one of a page that was: it would die on return.
  useEffect(() => {
    addEventListener('pagehide', handLine.hangUp);
    return () => {
      removeEventListener('pagehide', handLine.hangUp);
      handLine.hangUp();
    };
  }, [handLine, raw]);
  const key = line.stage === 'idle' ? undefined : line.key;
  const connection = useMemo(
    () => (key === undefined ? undefined : connectionOfKey(log.connections, key)),
    [log, key],
  );
  const item = selectedItem(state);
  const frames = useMemo(() => state.items.map(({ bytes }) => bytes), [state.items]);

  return (
    <section className="bench frame-builder not-content" aria-label={title}>
      {/* The recording has no connection by hand: without a sandbox there is nothing to show here. */}
      <SessionBar title={title} session={session} replay={false} />
      <Presets
        chosen={preset}
        onChoose={(id) => {
          setPreset(id);
          act({ type: 'load', frames: presetOf(id)?.frames(newMaskingKey) ?? [] });
        }}
      />
      <Tray state={state} act={act} />
      {item && (
        <FrameEditor key={item.id} item={item} act={act}>
          <Reading frames={frames} />
        </FrameEditor>
      )}
      <SendPanel
        state={state}
        line={line}
        canSend={session.status !== 'offline' && raw !== undefined && echo !== undefined}
        onSend={(writes) => {
          if (raw !== undefined && echo !== undefined) handLine.send({ raw, echo }, writes);
        }}
        onHangUp={handLine.hangUp}
      />
      <Outcome connection={connection} />
      <WireDetails table={table} only={isByHand} />
      {challenge && <ChallengeCard challenge={challenge} connections={replay ? [] : log.connections} />}
    </section>
  );
}

const zeroKey = (): Uint8Array => new Uint8Array(4);

const isByHand = ({ path }: Connection): boolean => path === null;
