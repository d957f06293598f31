import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useApp } from '../app-context';
import { auctionClient } from '../auction/browser';
import type { AuctionClient } from '../auction/client';
import { useLeagueOf } from '../leagues/queries';
import { Announcer } from './announcer';
import { BiddingPanel } from './bidding-panel';
import { ChatPanel } from './chat-panel';
import { CommissionerPanel } from './commissioner-panel';
import { Connection } from './connection';
import { useNudge } from './countdown';
import { CurrentLot } from './current-lot';
import { LogPanel } from './log-panel';
import { LotsPanel } from './lots-panel';
import { MembersPanel } from './members-panel';
import { MinePanel, PoolPanel } from './money-panel';
import { RoomContext, useRoom, useView } from './room-context';
import { ScreenPage } from './screen-page';
import { Sounds } from './sounds';
import './room.css';
import './panels.css';
import './screen.css';

interface RoomPageProps {
  readonly auctionId: string;
  /** For a projector: no controls, everything large. */
  readonly isScreen?: boolean;
}

/** An auction, for as long as this is shown. */
export default function RoomPage({ auctionId, isScreen = false }: RoomPageProps) {
  const client = useAuction(auctionId);
  return (
    <RoomContext value={client}>
      {isScreen ? <ScreenPage auctionId={auctionId} /> : <Room auctionId={auctionId} />}
    </RoomContext>
  );
}

/** The client of an auction, connected as long as this is shown. */
function useAuction(auctionId: string): AuctionClient {
  const { config, session } = useApp();
  const [client] = useState(() => auctionClient(config, session, auctionId));
  useEffect(() => {
    const wake = () => client.wake();
    const wakeIfSeen = () => document.visibilityState === 'visible' && client.wake();
    client.start();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wakeIfSeen);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wakeIfSeen);
      client.stop();
    };
  }, [client]);
  return client;
}

function Room({ auctionId }: { readonly auctionId: string }) {
  const [location] = useLocation();
  const league = useLeagueOf(auctionId);
  const title = useView((view) => view.title) || league?.name;
  const synced = useView((view) => view.synced);
  const link = useRoom((it) => it.link);
  useNudge();
  useEffect(() => {
    document.title = title ? `${title} · Calcutta` : 'Calcutta';
  }, [title]);
  return (
    <>
      <header className="bar">
        <Link href="/">Leagues</Link>
        <h1>{title || 'Auction'}</h1>
        <Connection />
        <Sounds />
        <Link href={`${location}/screen`}>Big screen</Link>
      </header>
      {link.state === 'refused' && (
        <p className="notice" role="alert">
          {link.trouble} <Link href="/">Back to my leagues</Link>
        </p>
      )}
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
