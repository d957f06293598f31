/** What people type into a league's forms, and what the API takes. */
import { centsOf } from '../auction/money';

/** Cents from dollars that were typed; throws a sentence for a person. */
export function typedCents(text: string, what: string): number {
  const cents = centsOf(text);
  if (cents === null) throw new Error(`${what}: “${text}” is no amount`);
  return cents;
}

/** Basis points from a percentage that was typed, with two decimals at most; null for none. */
export function basisPointsOf(text: string): number | null {
  const found = /^(?<units>\d{1,3})(?:\.(?<parts>\d{1,2}))?\s*%?$/.exec(text.trim())?.groups;
  if (!found) return null;
  return Number(found['units']) * 100 + Number((found['parts'] ?? '').padEnd(2, '0'));
}

/** "12.5" for 1,250 cents: what a field shows. */
export function shown(hundredths: number | null | undefined): string {
  return hundredths == null ? '' : String(hundredths / 100);
}
