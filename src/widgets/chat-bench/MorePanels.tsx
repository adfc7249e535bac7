import { chatGuest } from '../../../lessons/challenges/chat-guest.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { BreakPanel } from './BreakPanel.tsx';
import type { Room } from './chat-client.ts';
import { clients } from './chat-store.ts';
import { FlowPanel } from './FlowPanel.tsx';
import { GuestsPanel } from './GuestsPanel.tsx';
import './more-panels.css';

/** What stands behind the other tabs of the bench; its code comes when one of them is first opened. */
export function MorePanels({
  panel,
  room,
  table: { session, log, replay },
}: {
  panel: 'way' | 'break' | 'guests' | 'challenge';
  room: Room | undefined;
  table: WireLogOnTable;
}) {
  const connections = replay ? [] : log.connections;
  switch (panel) {
    case 'way':
      return <FlowPanel connections={connections} />;
    case 'break':
      return <BreakPanel client={clients[1]} room={room} />;
    case 'guests':
      return <GuestsPanel room={room} labId={replay ? undefined : session.lab?.id} />;
    case 'challenge':
      return <ChallengeCard challenge={chatGuest} connections={connections} />;
  }
}
