import { ApiProblem, isOutdated } from '../leagues/client';

/** Why something failed, by line where a file was refused. */
export function ProblemText({ error }: { readonly error: unknown }) {
  if (!error) return null;
  const lines = error instanceof ApiProblem ? (error.problem.problems ?? []) : [];
  const text = error instanceof Error ? error.message : String(error);
  return (
    <div role="alert" className="refusal">
      <p>{isOutdated(error) ? 'Somebody else changed this meanwhile: look at it again.' : text}</p>
      {lines.length > 0 && (
        <ul>
          {lines.map((it) => (
            <li key={`${it.file}:${it.line}:${it.problem}`}>
              {it.file}, line {it.line}: {it.problem}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
