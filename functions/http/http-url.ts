export interface HttpUrlOptions {
  /**
   * Whether the URL may have a query.
   * @default false, because the code appends paths
   */
  readonly query?: boolean;
}

/** A scheme, a host with an optional port, an optional path and an optional query. No user, white space, backslash or fragment. */
const shape = /^https?:\/\/[^\s/?#@\\]*[^\s/?#@\\:](?:\/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?$/i;

/**
 * Whether a text is the URL of an HTTP server. `new URL` alone accepts too much: it removes tabs and line breaks,
 * accepts `http:8080`, and accepts a query or a fragment. No path can be appended after a query or a fragment.
 */
export function isHttpUrl(text: string, { query = false }: HttpUrlOptions = {}): boolean {
  const parts = shape.exec(text);
  if (!parts || (parts.groups?.query !== undefined && !query)) return false;
  return URL.canParse(text) && new URL(text).port !== '0';
}

/**
 * A URL for a message. Login and query are removed, because both can be secret. An invalid URL can also contain a
 * login: for example, the scheme is missing, or the password has a slash.
 */
export function shownUrl(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)?(.*)$/is.exec(text) ?? [];
  // The text can be a query with `@`, or a password with `?`. Everything after the scheme is therefore hidden.
  if (/\?.*@/s.test(rest)) return `${scheme}…`;
  return scheme + rest.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
}
