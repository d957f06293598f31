/** `now`, or `before` if both say the same; inside arrays and records, part by part. */
export function keepSame<Value>(before: Value, now: Value): Value {
  if (Object.is(before, now)) return before;
  if (Array.isArray(before) && Array.isArray(now)) {
    const kept = now.map((it, index) => keepSame<unknown>(before[index], it));
    const same = kept.length === before.length && kept.every((it, at) => it === before[at]);
    return same ? before : (kept as Value);
  }
  if (isRecord(before) && isRecord(now)) {
    const kept = Object.fromEntries(
      Object.entries(now).map(([name, it]) => [name, keepSame(before[name], it)]),
    );
    const names = Object.keys(kept);
    const same =
      names.length === Object.keys(before).length && names.every((it) => kept[it] === before[it]);
    return same ? before : (kept as Value);
  }
  return now;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
