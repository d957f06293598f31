/** How long to wait before trying again. */

const FIRST_MS = 250;
const LONGEST_MS = 20_000;

/**
 * Milliseconds to wait after failed attempt number `attempt` (0, 1, …): exponential, with full
 * jitter, so that a crowd that was cut off at once does not come back at once ("Exponential Backoff
 * And Jitter", AWS Architecture Blog, 2015). `random` is even in [0, 1).
 */
export function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 30));
}
