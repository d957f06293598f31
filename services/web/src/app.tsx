import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { type App as Everything, AppContext, usePerson } from './app-context';
import { isPassing } from './leagues/client';
import RoomPage from './room/room-page';
import { Boundary, Broken } from './ui/boundary';

const SignIn = lazy(() => import('./account/sign-in'));
const LeaguePage = lazy(() => import('./league/league-page'));
const LobbyPage = lazy(() => import('./lobby/lobby-page'));

/** What failed for the moment is read again after so long, also if nobody touches the page. */
const LOOK_AGAIN_MS = 30_000;

export function App({ everything }: { readonly everything: Everything }) {
  return (
    <AppContext value={everything}>
      <Router hook={useHashLocation}>
        <Whole />
      </Router>
    </AppContext>
  );
}

function Whole() {
  const person = usePerson();
  const [place] = useLocation();
  return (
    <Boundary place={place} instead={<Broken />}>
      <Suspense fallback={<p className="loading">Loading …</p>}>
        {person ? <Pages key={person.email} /> : <SignIn />}
      </Suspense>
    </Boundary>
  );
}

/** The pages of one person: what was read for them is forgotten with them. */
function Pages() {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            retry: 2,
            refetchInterval: ({ state }) => (isPassing(state.error) ? LOOK_AGAIN_MS : false),
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={queries}>
      <Switch>
        <Route path="/auctions/:id">{({ id }) => <RoomPage key={id} auctionId={id} />}</Route>
        <Route path="/auctions/:id/screen">
          {({ id }) => <RoomPage key={id} auctionId={id} isScreen />}
        </Route>
        <Route path="/leagues/:id">{({ id }) => <LeaguePage key={id} leagueId={id} />}</Route>
        <Route>
          <LobbyPage />
        </Route>
      </Switch>
    </QueryClientProvider>
  );
}
