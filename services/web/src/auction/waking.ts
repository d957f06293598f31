/** When a page has to see whether it is still connected. */

const LOOK_MS = 2_000;
/** How long a sleep has to be to count. */
const SLEPT_MS = 1_000;

/**
 * Calls `act` when the network is back, or a person, or the computer from a sleep; returns what ends
 * that.
 */
export function onWaking(act: () => void): () => void {
  const actIfSeen = () => {
    if (document.visibilityState === 'visible') act();
  };
  let before = sleptMs();
  const timer = setInterval(() => {
    const now = sleptMs();
    if (now - before > SLEPT_MS) act();
    before = now;
  }, LOOK_MS);
  window.addEventListener('online', act);
  document.addEventListener('visibilitychange', actIfSeen);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', act);
    document.removeEventListener('visibilitychange', actIfSeen);
  };
}

/** What grows by every sleep: the time of day goes on, the page's own clock may stand still. */
function sleptMs(): number {
  return Date.now() - performance.now();
}
