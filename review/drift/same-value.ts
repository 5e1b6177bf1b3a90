import { quantityNumber } from '../../config/quantity.ts';

const quantityKeys = /^(cpu|memory|storage|ephemeral-storage|sizeLimit|averageValue|divisor|hugepages-.*)$/;

/**
 * Whether two values have the same meaning. The server writes `1000m` as `1`.
 * @param key last key of the path, such as `cpu`
 */
export function isSameValue(manifest: unknown, live: unknown, key: string): boolean {
  if (manifest === live) return true;
  if (typeof manifest === 'object' || typeof live === 'object') return false;
  // A port or a limit can be a number or a text.
  if (typeof manifest !== typeof live && String(manifest) === String(live)) return true;
  if (!quantityKeys.test(key)) return false;
  const [one, other] = [quantityNumber(String(manifest)), quantityNumber(String(live))];
  return one !== undefined && other !== undefined && Math.abs(one - other) <= 1e-9 * Math.abs(one);
}
