/** Which role may send which command: decides what is shown; the server decides what is allowed. */
import { RIGHTS } from '../protocol/facts';
import type { Action, Role } from '../protocol/messages';

export function mayDo(role: Role, action: Action): boolean {
  return (RIGHTS[action] as readonly Role[]).includes(role);
}

/** The commissioner alone may end a lot before its time: the protocol's `hammer` with `forced`. */
export function mayForce(role: Role): boolean {
  return role === 'commissioner';
}
