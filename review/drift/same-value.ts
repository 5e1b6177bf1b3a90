/** Keys whose values are quantities of Kubernetes: `1000m` and `1` are the same quantity. */
const quantityKeys = /^(cpu|memory|storage|ephemeral-storage|sizeLimit|averageValue|divisor|hugepages-.*)$/;

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Whether a value in a manifest and a value in the cluster have the same meaning. The server writes quantities in
 * another form.
 * @param key the last key of the path
 */
export function isSameValue(manifest: unknown, live: unknown, key: string): boolean {
  if (manifest === live) return true;
  if (typeof manifest === 'object' || typeof live === 'object') return false;
  // A port or a limit can be a number or a text.
  if (typeof manifest !== typeof live && String(manifest) === String(live)) return true;
  if (!quantityKeys.test(key)) return false;
  const [one, other] = [quantity(String(manifest)), quantity(String(live))];
  return one !== undefined && other !== undefined && Math.abs(one - other) <= 1e-9 * Math.abs(one);
}

function quantity(text: string): number | undefined {
  const [, number, suffix = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]{0,2})$/.exec(text) ?? [];
  const factor = Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined;
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
