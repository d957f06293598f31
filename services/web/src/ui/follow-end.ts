import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Closer to its end than this, a list goes on following what is added to it. */
const NEAR_PX = 40;

/** Keeps a list whose latest entry is its last at its end, unless somebody reads further up. */
export function useFollowEnd<Entry>(entries: readonly Entry[]): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  useLayoutEffect(() => {
    const it = list.current;
    const look = () => {
      if (it) isFollowing.current = it.scrollHeight - it.scrollTop - it.clientHeight < NEAR_PX;
    };
    it?.addEventListener('scroll', look, { passive: true });
    return () => it?.removeEventListener('scroll', look);
  }, []);
  const latest = entries.at(-1);
  useLayoutEffect(() => {
    if (list.current && isFollowing.current) list.current.scrollTop = list.current.scrollHeight;
  }, [latest]);
  return list;
}
