/** The connection's state, as it is shown, and what a connection is made of. */

/**
 * `connecting`: for the first time. `live`: everything is known as it happens. `behind`: connected,
 * and asking for what was missed. `waiting`: it was lost, and is tried again. `full`: there is a line
 * in front of the room. `refused`: there is no way in for this person. `left`: on purpose.
 */
export type LinkState = 'connecting' | 'live' | 'behind' | 'waiting' | 'full' | 'refused' | 'left';

export interface Link {
  readonly state: LinkState;
  /** Why it was lost, or refused, in words for a person. */
  readonly trouble: string;
}

/** A WebSocket, as far as the client needs to know it. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onText: (text: string) => void;
  onClose: (reason: string) => void;
}

/** Opens a socket with a fresh ticket. Rejects with `Refused` if there is no way in. */
export type OpenSocket = () => Promise<Socket>;

/** Trying again would not help: no member, no such auction, signed out. */
export class Refused extends Error {
  override readonly name: string = 'Refused';
}

/** There is no seat: the way in is the line. */
export class RoomFull extends Refused {
  override readonly name = 'RoomFull';
}
