import { ResultsEntry } from './results-entry';
import { Standings } from './standings';

interface TabProps {
  readonly leagueId: string;
  readonly mayChange: boolean;
}

/** What was played, and what everybody would have if nothing more happened. */
export function AfterTab({ leagueId, mayChange }: TabProps) {
  return (
    <>
      {mayChange && <ResultsEntry leagueId={leagueId} />}
      <Standings leagueId={leagueId} />
    </>
  );
}
