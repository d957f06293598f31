/** The time that is left, drawn as often as it is seen to change. */
import { useEffect, useState } from 'react';
import { deadlineMs, remainingMs } from '../auction/bidding';
import { offsetMs } from '../auction/clock';
import { useClient, useRoom, useView } from './room-context';

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

/**
 * Draws when `nextMs` of what is left has passed, again and again until the server's time is
 * `deadline`, which may come nearer or go farther away as that time is known better.
 */
function useDrawingUntil(deadline: number | null, nextMs: (leftMs: number) => number): void {
  const client = useClient();
  const offset = useRoom(({ following }) => offsetMs(following.clock));
  const [, draw] = useState(0);
  useEffect(() => {
    if (deadline === null) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const left = deadline - client.serverNowMs();
      if (left <= 0) return;
      timer = setTimeout(
        () => {
          draw((it) => it + 1);
          wait();
        },
        Math.ceil(nextMs(left)),
      );
    };
    wait();
    return () => clearTimeout(timer);
  }, [client, deadline, nextMs, offset]);
}

/** The ms that the clock of the lot that is up has left, or null; draws at each tick. */
export function useRemainingMs(): number | null {
  const client = useClient();
  const deadline = useView(deadlineMs);
  const standing = useView((view) => view.current?.remaining_ms ?? null);
  const isUp = useView((view) => view.current !== null);
  useDrawingUntil(deadline, untilNextMs);
  if (deadline === null) return standing;
  return isUp ? remainingMs(client.getSnapshot().following.view, client.serverNowMs()) : null;
}

const untilTheEndMs = (leftMs: number) => leftMs;

/** Whether the clock of the lot that is up has run out; draws when that changes. */
export function useIsOver(): boolean {
  const client = useClient();
  const deadline = useView(deadlineMs);
  useDrawingUntil(deadline, untilTheEndMs);
  return deadline !== null && client.serverNowMs() >= deadline;
}

/** What an auctioneer would call now; draws at each tick. */
export function useGoing(): Going | null {
  const remaining = useRemainingMs();
  const isPaused = useView((view) => view.status === 'paused');
  const extension = useView((view) => view.rules?.extension_ms ?? 0);
  const hasBid = useView((view) => view.current?.high_bidder != null);
  return isPaused || remaining === 0 ? null : goingOf(remaining, extension, hasBid);
}

/** After this, and as much again by chance, a page asks for the hammer if the server is late. */
const NUDGE_MS = 1_000;

/** Asks for the hammer when the time is up, in case nobody else does: it is the same if many ask. */
export function Nudge(): null {
  const client = useClient();
  const isOver = useIsOver();
  const lotId = useView((view) => view.current?.lot_id ?? null);
  useEffect(() => {
    if (!isOver || lotId === null) return undefined;
    const nudge = () => {
      client.send({ action: 'hammer', lot_id: lotId, forced: false }).catch(() => undefined);
    };
    const timer = setTimeout(nudge, NUDGE_MS * (1 + Math.random()));
    return () => clearTimeout(timer);
  }, [client, isOver, lotId]);
  return null;
}
