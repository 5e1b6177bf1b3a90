/** Returns `next` with the unchanged parts of `previous`. The page does not draw such parts again. */
export function keepEqual<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(next)) return Array.isArray(previous) ? (keepItems(previous, next) as T) : next;
  if (next instanceof Map) return previous instanceof Map ? (keepEntries(previous, next) as T) : next;
  return isPlain(next) && isPlain(previous) ? (keepFields(previous, next) as T) : next;
}

function keepItems(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const items: unknown[] = [];
  let isEqual = previous.length === next.length;
  for (const value of next) {
    const before = previous[items.length];
    const kept = hasParts(value) ? keepEqual(before, value) : value;
    isEqual &&= Object.is(kept, before);
    items.push(kept);
  }
  return isEqual ? previous : items;
}

function keepEntries(
  previous: ReadonlyMap<unknown, unknown>,
  next: ReadonlyMap<unknown, unknown>,
): ReadonlyMap<unknown, unknown> {
  const entries = new Map<unknown, unknown>();
  let isEqual = previous.size === next.size;
  for (const [key, value] of next) {
    const before = previous.get(key);
    const kept = hasParts(value) ? keepEqual(before, value) : value;
    isEqual &&= Object.is(kept, before) && previous.has(key);
    entries.set(key, kept);
  }
  return isEqual ? previous : entries;
}

type Fields = Readonly<Record<string, unknown>>;

function keepFields(previous: Fields, next: Fields): Fields {
  const fields: Record<string, unknown> = {};
  const names = Object.keys(next);
  let isEqual = Object.keys(previous).length === names.length;
  for (const name of names) {
    const before = previous[name];
    const value = next[name];
    const kept = hasParts(value) ? keepEqual(before, value) : value;
    isEqual &&= Object.is(kept, before) && name in previous;
    fields[name] = kept;
  }
  return isEqual ? previous : fields;
}

/** Compares the content of objects and lists. Two maps are equal only if they are the same object. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    return one.every((value, index) => isEqual(value, other[index]));
  }
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => name in other && isEqual(one[name], other[name]));
}

const hasParts = (value: unknown): value is object => typeof value === 'object' && value !== null;

function isPlain(value: unknown): value is Fields {
  return hasParts(value) && Object.getPrototypeOf(value) === Object.prototype;
}
