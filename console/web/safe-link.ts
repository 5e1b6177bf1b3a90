/**
 * The target of a link, or undefined for an unsafe link. Browsers read `/\`, and `/` with a tab, as the start of
 * `//host`. Such a target is therefore unsafe.
 */
export function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?![/\\\s])|#)/.test(href) ? href : undefined;
}
