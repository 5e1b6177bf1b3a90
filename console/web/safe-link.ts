/**
 * The target of a link, or undefined if the link is not safe. A target that starts with `/\`, or with `/` and a tab, is
 * not safe: a browser reads both as the start of `//host`.
 */
export function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?![/\\\s])|#)/.test(href) ? href : undefined;
}
