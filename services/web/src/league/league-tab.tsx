import { FormProvider, useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { answered, type League } from '../leagues/client';
import { useAct } from '../leagues/queries';
import { mayRun } from '../leagues/rights';
import { fileOf, TournamentFields, type TournamentValues } from '../lobby/tournament-fields';
import { Button } from '../ui/button';
import { Confirm } from '../ui/confirm';
import { ProblemText } from '../ui/problem';

interface LeagueProps {
  readonly league: League;
}

const asRead = ({ league_id, version }: League) => ({
  path: { league_id },
  header: { 'If-Match': `"${version}"` },
});

/** The league itself: its name, its field, and the ways out of it. */
export function LeagueTab({ league }: LeagueProps) {
  const isCommissioner = league.role === 'commissioner';
  const runs = mayRun(league);
  const isPlanned = league.auction_status === 'planned';
  return (
    <>
      {runs && <Rename league={league} />}
      {runs && isPlanned && <ReplaceField league={league} />}
      <section aria-labelledby="way-out" className="fields">
        <h2 id="way-out">Leave or delete</h2>
        {!isCommissioner && <Leave league={league} />}
        {isCommissioner && (
          <p className="hint">
            To leave the league, hand it over first: “Members”, “Hand over”.
            {!isPlanned && ' A league whose auction was opened is kept.'}
          </p>
        )}
        {isCommissioner && isPlanned && <Delete league={league} />}
      </section>
    </>
  );
}

function Rename({ league }: LeagueProps) {
  const { register, handleSubmit } = useForm({ values: { name: league.name } });
  const renaming = useAct(async (api, name: string) => {
    const params = asRead(league);
    return answered(await api.PATCH('/leagues/{league_id}', { params, body: { name } }));
  });
  return (
    <form
      className="fields"
      onSubmit={(event) => void handleSubmit(({ name }) => renaming.mutate(name.trim()))(event)}
    >
      <label>
        Name of the league
        <input {...register('name')} required maxLength={100} />
      </label>
      <div className="acts">
        <Button type="submit" className="primary" disabled={renaming.isPending}>
          Rename
        </Button>
      </div>
      <ProblemText error={renaming.error} />
      {renaming.isSuccess && <p role="status">It is called {league.name} now.</p>}
    </form>
  );
}

function ReplaceField({ league }: LeagueProps) {
  const form = useForm<TournamentValues>({
    defaultValues: { tournament: league.tournament_name, teams: '', bundled: '' },
  });
  const replacing = useAct(async (api, values: TournamentValues) => {
    const params = asRead(league);
    const body = fileOf(values);
    return answered(await api.PUT('/leagues/{league_id}/tournament', { params, body }));
  });
  return (
    <FormProvider {...form}>
      <form
        className="fields"
        aria-labelledby="another-field"
        onSubmit={(event) => event.preventDefault()}
      >
        <h2 id="another-field">Another field instead of {league.tournament_name}</h2>
        <TournamentFields />
        <div className="acts">
          <Confirm
            trigger={<Button disabled={replacing.isPending}>Replace the field</Button>}
            title={`Replace the field of ${league.tournament_name}?`}
            act="Replace it"
            onConfirm={() => replacing.mutate(form.getValues())}
          >
            <p>
              Its lots, their order and bundles go with it, which cannot be taken back; the rounds
              that payouts are for may be others.
            </p>
          </Confirm>
        </div>
        <ProblemText error={replacing.error} />
        {replacing.isSuccess && (
          <p role="status">
            {replacing.data.slots.length} slots are in the field. Look at lots and payouts.
          </p>
        )}
      </form>
    </FormProvider>
  );
}

function Leave({ league }: LeagueProps) {
  const [, go] = useLocation();
  const leaving = useAct(
    async (api) => {
      const params = { path: { league_id: league.league_id } };
      return answered(await api.DELETE('/leagues/{league_id}/membership', { params }));
    },
    () => go('/'),
  );
  return (
    <div className="acts">
      <Confirm
        trigger={<Button disabled={leaving.isPending}>Leave the league</Button>}
        title={`Leave ${league.name}?`}
        act="Leave the league"
        onConfirm={() => leaving.mutate()}
      >
        <p>What you bought stays yours. With an invitation you can come back.</p>
      </Confirm>
      <ProblemText error={leaving.error} />
    </div>
  );
}

function Delete({ league }: LeagueProps) {
  const [, go] = useLocation();
  const deleting = useAct(
    async (api) => answered(await api.DELETE('/leagues/{league_id}', { params: asRead(league) })),
    () => go('/'),
  );
  return (
    <div className="acts">
      <Confirm
        trigger={<Button disabled={deleting.isPending}>Delete the league</Button>}
        title={`Delete ${league.name}?`}
        act="Delete it"
        onConfirm={() => deleting.mutate()}
      >
        <p>Its members, field, lots and rules are gone with it. This cannot be taken back.</p>
      </Confirm>
      <ProblemText error={deleting.error} />
    </div>
  );
}
