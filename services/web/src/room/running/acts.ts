import type { Request, Role } from '../../protocol/messages';

/** What every group of acts gets from the panel around it. */
export interface ActsProps {
  readonly role: Role;
  /** Something was sent and is not answered yet. */
  readonly isBusy: boolean;
  readonly send: (request: Request) => void;
}
