/**
 * The target of a link if it is safe to follow; otherwise undefined. `/\`, and `/` with a tab after it, are not safe,
 * because a browser reads both as the start of `//host`.
 */
export function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?![/\\\s])|#)/.test(href) ? href : undefined;
}
