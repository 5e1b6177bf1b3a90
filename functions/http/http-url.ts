export interface HttpUrlOptions {
  /** Whether the URL may have a query. @default false: paths are appended to the URL */
  readonly query?: boolean;
}

/** A scheme, a host with an optional port, and an optional path: no user, no white space, no backslash, no fragment. */
const shape = /^https?:\/\/[^\s/?#@\\]*[^\s/?#@\\:](?:\/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?$/i;

/**
 * Whether a text is the URL of an HTTP server, exactly as written. `new URL` alone is too lenient: it drops tabs and
 * line breaks, accepts `http:8080`, and keeps components to which no path can be appended.
 */
export function isHttpUrl(text: string, { query = false }: HttpUrlOptions = {}): boolean {
  const parts = shape.exec(text);
  if (!parts || (parts.groups?.query !== undefined && !query)) return false;
  return URL.canParse(text) && new URL(text).port !== '0';
}

/**
 * A URL in the form in which a message may show it: without the login and the query, because they can be secret. A text
 * that is not a URL can also contain a login: its scheme is missing, or its password has a slash.
 */
export function shownUrl(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)?(.*)$/is.exec(text) ?? [];
  // A query with an @ cannot be distinguished from a password with a question mark.
  if (/\?.*@/s.test(rest)) return `${scheme}…`;
  return scheme + rest.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
}
