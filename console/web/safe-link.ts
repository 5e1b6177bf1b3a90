/** The link, if a click on it can do no harm. */
export function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?!\/)|#)/.test(href) ? href : undefined;
}
