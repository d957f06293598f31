/** How the parts of the room get at the auction: each sees only what it selects. */
import {
  createContext,
  useCallback,
  useContext,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { AuctionClient, Snapshot } from '../auction/client';
import type { AuctionView } from '../auction/view';
import type { Answer, Refused, Request } from '../protocol/messages';

export const RoomContext = createContext<AuctionClient | null>(null);

export function useClient(): AuctionClient {
  const client = useContext(RoomContext);
  if (!client) throw new Error('there is no auction around this part');
  return client;
}

/**
 * What `select` sees; draws anew when that is another value than before. It must not make a new
 * object each time.
 */
export function useRoom<Value>(select: (snapshot: Snapshot) => Value): Value {
  const client = useClient();
  return useSyncExternalStore(client.subscribe, () => select(client.getSnapshot()));
}

export function useView<Value>(select: (view: AuctionView) => Value): Value {
  return useRoom(({ following }) => select(following.view));
}

export interface Sending {
  /** What was sent and is not answered yet. */
  readonly pending: Request | null;
  readonly refusal: Refused | null;
  readonly run: (request: Request) => Promise<Answer | null>;
  /** The refusal is no news any more. */
  readonly forget: () => void;
}

/** Sends commands one at a time; null is for one that could not be sent or was one too many. */
export function useSending(): Sending {
  const client = useClient();
  const [pending, setPending] = useState<Request | null>(null);
  const [refusal, setRefusal] = useState<Refused | null>(null);
  // what is drawn is a moment behind: a second press may come before its button is off
  const isBusy = useRef(false);
  const run = useCallback(
    async (request: Request) => {
      if (isBusy.current) return null;
      isBusy.current = true;
      setPending(request);
      setRefusal(null);
      try {
        const answer = await client.send(request);
        if (answer.type === 'refused') setRefusal(answer);
        return answer;
      } catch {
        // there is no way back into the auction, and the page says so in its own place
        return null;
      } finally {
        isBusy.current = false;
        setPending(null);
      }
    },
    [client],
  );
  const forget = useCallback(() => setRefusal(null), []);
  return { pending, refusal, run, forget };
}
