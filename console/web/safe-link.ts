/** The target of a link if it is safe to follow; otherwise undefined. */
export function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?!\/)|#)/.test(href) ? href : undefined;
}
