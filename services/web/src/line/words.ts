/** What the line says, in words. */
import type { Range } from './line';

const MINUTE_MS = 60_000;
/** Beyond this, minutes say more than anybody knows. */
const HOURS_FROM_MINUTES = 90;

/** How many people are ahead, said when the line has come this near: not at every step. */
const SAID = [0, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000, 50_000, 100_000];

export function waitText(wait: Range | null): string {
  if (!wait) return 'unknown';
  const low = Math.floor(wait.low / MINUTE_MS);
  const high = Math.ceil(wait.high / MINUTE_MS);
  if (high <= 1) return 'less than a minute';
  if (low === 0) return `up to ${duration(high)}`;
  if (low === high) return `about ${duration(low)}`;
  if (high < HOURS_FROM_MINUTES) return `${low} to ${duration(high)}`;
  return `${duration(low)} to ${duration(high)}`;
}

function duration(minutes: number): string {
  if (minutes < HOURS_FROM_MINUTES) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  const hours = Math.round(minutes / 30) / 2;
  return `${hours} hours`;
}

/** How long something is kept: to the second, and not longer than it is. */
export function keptText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  if (seconds % 60 !== 0) return `${seconds} seconds`;
  return seconds === 60 ? 'a minute' : `${seconds / 60} minutes`;
}

export function people(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'person' : 'people'}`;
}

/** For those who listen: changes only when it is worth saying. */
export function aheadText(ahead: number | null): string {
  if (ahead === null) return '';
  if (ahead === 0) return 'You are next.';
  const bound = SAID.find((it) => ahead <= it);
  if (bound === undefined) return 'More than 100,000 people are ahead of you.';
  if (bound <= 2)
    return bound === 1 ? 'One person is ahead of you.' : 'Two people are ahead of you.';
  return `At most ${people(bound)} are ahead of you.`;
}

/** A time of the server's, as the person's own clock and calendar show it. */
export function timeText(ms: number, nowMs: number): string {
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return new Date(ms).toLocaleString([], {
    hour: '2-digit',
    minute: '2-digit',
    ...(isToday ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
  });
}
