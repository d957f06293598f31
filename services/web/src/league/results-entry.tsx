import { useState } from 'react';
import { roundsOf } from '../auction/rounds';
import { isOutdated } from '../leagues/client';
import { useField, useSettlementRules } from '../leagues/queries';
import { useVersioned } from '../leagues/versioned';
import { Button } from '../ui/button';
import { Confirm } from '../ui/confirm';
import { ProblemText } from '../ui/problem';
import { Awards } from './awards';
import { GameForm } from './game-form';
import { csvOf, type Game, type Results, type ResultsFile, stillIn, withGame } from './results';

/** What was played and awarded: a game at a time, or all of them as a file. */
export function ResultsEntry({ leagueId }: { readonly leagueId: string }) {
  const params = { path: { league_id: leagueId } };
  const [text, setText] = useState<string | null>(null);
  const field = useField(leagueId);
  const rules = useSettlementRules(leagueId);
  const { value, error, saving } = useVersioned<Results, ResultsFile>({
    name: 'results',
    leagueId,
    read: (api) => api.GET('/leagues/{league_id}/results', { params }),
    save: (api, etag, body) =>
      api.PUT('/leagues/{league_id}/results', {
        params: { ...params, header: { 'If-Match': etag } },
        body,
      }),
  });
  if (!value || !field.data || !rules.data) {
    return error ? <ProblemText error={error} /> : <p>Loading …</p>;
  }
  const { slots } = field.data;
  const known = csvOf(value.games);
  const onError = (failure: unknown) => isOutdated(failure) && setText(null);
  const save = (body: ResultsFile, onSaved?: () => void) => {
    const onSuccess = () => {
      setText(null);
      onSaved?.();
    };
    saving.mutate(body, { onSuccess, onError });
  };
  const enter = (game: Game, onEntered: () => void) =>
    save({ results_csv: withGame(text ?? known, game) }, onEntered);
  return (
    <>
      <GameForm
        rounds={roundsOf(slots)}
        teams={stillIn(slots.flatMap((it) => it.teams).toSorted(), value.games)}
        isBusy={saving.isPending}
        onEnter={enter}
      />
      <ProblemText error={saving.error} />
      <p role="status">{saving.isSuccess && `Saved. Games so far: ${value.games.length}.`}</p>
      <Awards
        prizes={(rules.data.payouts ?? []).filter((it) => it.round == null).map((it) => it.name)}
        slots={slots}
        awards={value.awards}
        isOff={saving.isPending || value.games.length === 0}
        onSave={(awards) => save({ results_csv: text ?? known, awards })}
      />
      <details>
        <summary>All games as a file</summary>
        <div className="fields">
          <label>
            Games that were played: all of them, one a line
            <textarea
              rows={8}
              spellCheck={false}
              value={text ?? known}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <div className="acts">
            <Confirm
              trigger={
                <Button disabled={saving.isPending || text === null}>Save the results</Button>
              }
              title="Replace all results?"
              act="Replace them"
              onConfirm={() => save({ results_csv: text ?? known })}
            >
              <p>
                Games so far: {value.games.length}. They become what the file says, and the
                standings follow.
              </p>
            </Confirm>
          </div>
        </div>
      </details>
    </>
  );
}
