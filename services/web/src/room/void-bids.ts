import type { EventInPlace } from '../protocol/messages';

/** The seqs of bids and sales that later events took back. */
export function voidSeqs(entries: readonly EventInPlace[]): ReadonlySet<number> {
  const undone = new Set<number>();
  // by lot: the bids since it came up, and its sale, that stand so far
  const standing = new Map<string, number[]>();
  for (const { seq, event } of entries) {
    if (!('lot_id' in event)) continue;
    const bids = standing.get(event.lot_id) ?? [];
    switch (event.type) {
      case 'bid_placed':
      case 'lot_sold':
        standing.set(event.lot_id, [...bids, seq]);
        break;
      case 'bid_undone':
        for (const last of bids.slice(-1)) undone.add(last);
        standing.set(event.lot_id, bids.slice(0, -1));
        break;
      case 'lot_passed':
      case 'lot_reset':
        for (const bid of bids) undone.add(bid);
        standing.delete(event.lot_id);
        break;
      default:
    }
  }
  return undone;
}
