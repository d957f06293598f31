/** Who may run a league: decides what is shown; the server decides what is allowed. */
import type { League } from './client';

export function mayRun({ role }: Pick<League, 'role'>): boolean {
  return role === 'commissioner' || role === 'admin';
}
