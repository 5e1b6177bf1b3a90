/** The link, if a click on it can do no harm. A browser reads `/\` and a tab after `/` as the start of `//host`. */
export function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?![/\\\s])|#)/.test(href) ? href : undefined;
}
