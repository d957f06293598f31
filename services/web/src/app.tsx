import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { type App as Everything, AppContext, usePerson } from './app-context';
import RoomPage from './room/room-page';

const SignIn = lazy(() => import('./account/sign-in'));
const LeaguePage = lazy(() => import('./league/league-page'));
const LobbyPage = lazy(() => import('./lobby/lobby-page'));

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: 2 } },
});

export function App({ everything }: { readonly everything: Everything }) {
  return (
    <AppContext value={everything}>
      <QueryClientProvider client={queries}>
        <Router hook={useHashLocation}>
          <Suspense fallback={<p className="loading">Loading …</p>}>
            <Pages />
          </Suspense>
        </Router>
      </QueryClientProvider>
    </AppContext>
  );
}

function Pages() {
  const person = usePerson();
  if (!person) return <SignIn />;
  return (
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
  );
}
