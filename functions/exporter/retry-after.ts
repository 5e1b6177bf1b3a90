/**
 * Parses a `Retry-After` header with seconds or a date (RFC 9110, 10.2.3).
 * @returns milliseconds after `now`, at least 0; undefined if the header cannot be parsed
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
