/** Amounts are integer cents; people see and type dollars. */

const whole = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const exact = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** "$1,250", or "$12.50" where there are cents. */
export function dollars(cents: number): string {
  return (cents % 100 === 0 ? whole : exact).format(cents / 100);
}

/** "+$5" or "−$5". */
export function signedDollars(cents: number): string {
  return `${cents < 0 ? '−' : '+'}${dollars(Math.abs(cents))}`;
}

const TYPED = /^\$?\s*(?<units>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?<cents>\d{1,2}))?$/;

/** The cents of what somebody typed ("1,250", "$12.5"), or null if it is no amount. */
export function centsOf(text: string): number | null {
  const found = TYPED.exec(text.trim())?.groups;
  if (!found) return null;
  const { units = '', cents = '' } = found;
  const amount = Number(units.replaceAll(',', '')) * 100 + Number(cents.padEnd(2, '0'));
  return Number.isSafeInteger(amount) ? amount : null;
}
