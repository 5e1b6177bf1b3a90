/** Undefined for an unsafe link. Browsers read `/\host` and `/<tab>/host` as a link to another host. */
export function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?![/\\\s])|#)/.test(href) ? href : undefined;
}
