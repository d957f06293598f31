import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { cognito } from './account/cognito';
import { Session } from './account/session';
import { App } from './app';
import { readConfig } from './config';
import { leaguesApi } from './leagues/client';
import { keepFocus } from './ui/keep-focus';
import './base.css';
import './parts.css';

async function start(page: HTMLElement): Promise<void> {
  const config = await readConfig();
  const account = cognito(config);
  const session = new Session(account, sessionStorage);
  keepFocus(document);
  const everything = { config, cognito: account, session, leagues: leaguesApi(session) };
  createRoot(page).render(
    <StrictMode>
      <App everything={everything} />
    </StrictMode>,
  );
}

const page = document.getElementById('page');
if (page) {
  start(page).catch((failure: unknown) => {
    page.textContent = `The page could not start: ${String(failure)}`;
  });
}
