/** The time that is left, drawn as often as it is seen to change. */
import { useEffect, useState } from 'react';
import { deadlineMs, remainingMs } from '../auction/bidding';
import { useClient, useView } from './room-context';

/** Below this the clock shows tenths of a second. */
export const TENTHS_BELOW_MS = 10_000;

/** What a clock shows: "1:05", "0:12", "9.4". It never shows less than there is. */
export function clockText(ms: number): string {
  if (ms < TENTHS_BELOW_MS) return (Math.ceil(ms / 100) / 10).toFixed(1);
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long until `clockText` is another one. */
export function untilNextMs(ms: number): number {
  const step = ms <= TENTHS_BELOW_MS ? 100 : 1000;
  return Math.max(16, ms % step || step);
}

export type Going = 'once' | 'twice';

/** What an auctioneer would call: going once in the last two thirds of an extension, twice in the
 * last third; nothing without a bid. */
export function goingOf(ms: number | null, extensionMs: number, hasBid: boolean): Going | null {
  if (ms === null || !hasBid) return null;
  if (ms <= extensionMs / 3) return 'twice';
  return ms <= (extensionMs * 2) / 3 ? 'once' : null;
}

/** The ms that the clock of the lot that is up has left, or null; draws at each tick. */
export function useRemainingMs(): number | null {
  const client = useClient();
  const deadline = useView(deadlineMs);
  const standing = useView((view) => view.current?.remaining_ms ?? null);
  const isUp = useView((view) => view.current !== null);
  const [, tick] = useState(0);
  const remaining = isUp
    ? remainingMs(client.getSnapshot().following.view, client.serverNowMs())
    : null;
  useEffect(() => {
    if (deadline === null) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const ms = deadline - client.serverNowMs();
      if (ms <= 0) return;
      timer = setTimeout(() => {
        tick((it) => it + 1);
        wait();
      }, untilNextMs(ms));
    };
    wait();
    return () => clearTimeout(timer);
  }, [client, deadline]);
  return deadline === null ? standing : remaining;
}

/** Whether the clock of the lot that is up has run out; draws only when that changes. */
export function useIsOver(): boolean {
  const client = useClient();
  const deadline = useView(deadlineMs);
  const [overAt, setOverAt] = useState<number | null>(null);
  useEffect(() => {
    if (deadline === null) return undefined;
    const left = deadline - client.serverNowMs();
    const timer = setTimeout(() => setOverAt(deadline), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [client, deadline]);
  return deadline !== null && overAt === deadline;
}

/** After this, and as much again by chance, a page asks for the hammer if the server is late. */
const NUDGE_MS = 1_000;

/** Ask for the hammer when the time is up, in case nobody else does: it is the same if many ask. */
export function useNudge(): void {
  const client = useClient();
  const deadline = useView(deadlineMs);
  const lotId = useView((view) => view.current?.lot_id ?? null);
  useEffect(() => {
    if (deadline === null || lotId === null) return undefined;
    const wait = deadline - client.serverNowMs() + NUDGE_MS * (1 + Math.random());
    const timer = setTimeout(
      () => {
        client.send({ action: 'hammer', lot_id: lotId, forced: false }).catch(() => undefined);
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [client, deadline, lotId]);
}
