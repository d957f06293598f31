import { Tabs } from '@base-ui/react/tabs';
import { lazy, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'wouter';
import type { Session } from '../account/session';
import { useApp } from '../app-context';
import { auctionClient } from '../auction/browser';
import type { AuctionClient } from '../auction/client';
import { onWaking } from '../auction/waking';
import type { Config } from '../config';
import { useLeagueOf } from '../leagues/queries';
import { useTitle } from '../ui/use-title';
import { Announcer } from './announcer';
import { BiddingPanel } from './bidding-panel';
import { ChatPanel } from './chat-panel';
import { CommissionerPanel } from './commissioner-panel';
import { Connection } from './connection';
import { Nudge } from './countdown';
import { CurrentLot } from './current-lot';
import { LogPanel } from './log-panel';
import { LotsPanel } from './lots-panel';
import { MembersPanel } from './members-panel';
import { MinePanel, PoolPanel } from './money-panel';
import { NoWayIn } from './no-way-in';
import { RoomContext, useView } from './room-context';
import { ScreenPage } from './screen-page';
import { Sounds } from './sounds';
import './room.css';
import './panels.css';
import './screen.css';

const WaitingPage = lazy(() => import('../line/waiting-page'));

interface RoomPageProps {
  readonly auctionId: string;
  /** For a projector: no controls, everything large. */
  readonly isScreen?: boolean;
}

/** An auction, for as long as this is shown. */
export default function RoomPage({ auctionId, isScreen = false }: RoomPageProps) {
  const { client, enter } = useAuction(auctionId);
  const isFull = useSyncExternalStore(
    client.subscribe,
    () => client.getSnapshot().link.state === 'full',
  );
  const league = useLeagueOf(auctionId);
  if (isFull) {
    const title = league?.name ?? 'Auction';
    return <WaitingPage auctionId={auctionId} title={title} onAdmitted={enter} />;
  }
  return (
    <RoomContext value={client}>
      {isScreen ? <ScreenPage auctionId={auctionId} /> : <Room auctionId={auctionId} />}
    </RoomContext>
  );
}

interface Auction {
  readonly client: AuctionClient;
  /** Connect again with a ticket from the line. */
  readonly enter: (ticket: string) => void;
}

/** An auction, connected as long as this is shown. */
function useAuction(auctionId: string): Auction {
  const { config, session } = useApp();
  const [auction] = useState(() => auctionOf(config, session, auctionId));
  const { client } = auction;
  useEffect(() => {
    client.start();
    const stopWaking = onWaking(() => client.wake());
    return () => {
      stopWaking();
      client.stop();
    };
  }, [client]);
  return auction;
}

function auctionOf(config: Config, session: Session, auctionId: string): Auction {
  let fromLine: string | null = null;
  const client = auctionClient(config, session, auctionId, () => {
    const ticket = fromLine;
    fromLine = null;
    return ticket;
  });
  const enter = (ticket: string) => {
    fromLine = ticket;
    client.start();
  };
  return { client, enter };
}

function Room({ auctionId }: { readonly auctionId: string }) {
  const [location] = useLocation();
  const league = useLeagueOf(auctionId);
  const title = useView((view) => view.title) || league?.name;
  const synced = useView((view) => view.synced);
  useTitle(title || 'Auction');
  return (
    <>
      <header className="bar">
        <Link href="/">Leagues</Link>
        <h1>{title || 'Auction'}</h1>
        <Connection />
        <Sounds />
        <Link href={`${location}/screen`}>Big screen</Link>
      </header>
      <NoWayIn />
      <main className="room" aria-busy={!synced}>
        <div className="room-main">
          <CurrentLot />
          <BiddingPanel />
          <CommissionerPanel auctionId={auctionId} />
          <Panels name="What happens" panels={{ Log: <LogPanel />, Chat: <ChatPanel /> }} />
        </div>
        <div className="room-side">
          <Panels
            name="What there is"
            panels={{
              Lots: <LotsPanel />,
              Members: <MembersPanel />,
              Mine: <MinePanel auctionId={auctionId} />,
              Pool: <PoolPanel auctionId={auctionId} />,
            }}
          />
        </div>
      </main>
      <Announcer />
      <Nudge />
    </>
  );
}

interface PanelsProps {
  readonly name: string;
  readonly panels: Readonly<Record<string, ReactNode>>;
}

function Panels({ name, panels }: PanelsProps) {
  const names = Object.keys(panels);
  return (
    <Tabs.Root defaultValue={names[0] ?? null} className="panels">
      <Tabs.List aria-label={name} className="tabs">
        {names.map((it) => (
          <Tabs.Tab key={it} value={it}>
            {it}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {Object.entries(panels).map(([it, shown]) => (
        <Tabs.Panel key={it} value={it} className="panel">
          {shown}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
