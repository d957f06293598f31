/** What the whole page has in common. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Cognito } from './account/cognito';
import type { Person, Session } from './account/session';
import type { Config } from './config';
import type { Leagues } from './leagues/client';

export interface App {
  readonly config: Config;
  readonly cognito: Cognito;
  readonly session: Session;
  readonly leagues: Leagues;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('there is no app around this part');
  return app;
}

export function usePerson(): Person | null {
  const { session } = useApp();
  return useSyncExternalStore(session.subscribe, session.getPerson);
}
