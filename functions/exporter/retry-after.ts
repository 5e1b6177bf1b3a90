/**
 * Parses a `Retry-After` header with seconds or a date (RFC 9110, 10.2.3).
 * @returns milliseconds from `now`; undefined without a valid header
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
