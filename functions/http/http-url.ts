export interface HttpUrlOptions {
  /**
   * Whether the URL may have a query.
   * @default false, because the code appends paths to the URL
   */
  readonly query?: boolean;
}

/**
 * Pattern of a URL: a scheme, a host with an optional port, and an optional path. The URL must not contain a user,
 * white space, a backslash or a fragment.
 */
const shape = /^https?:\/\/[^\s/?#@\\]*[^\s/?#@\\:](?:\/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?$/i;

/**
 * Whether a text is the URL of an HTTP server. `new URL` alone accepts too much. It removes tabs and line breaks,
 * accepts `http:8080`, and accepts a query or a fragment, after which no path can be appended.
 */
export function isHttpUrl(text: string, { query = false }: HttpUrlOptions = {}): boolean {
  const parts = shape.exec(text);
  if (!parts || (parts.groups?.query !== undefined && !query)) return false;
  return URL.canParse(text) && new URL(text).port !== '0';
}

/**
 * A URL for a message: without the login and the query, because both can be secret. A text that is not a valid URL can
 * also contain a login. For example, its scheme is missing, or its password contains a slash.
 */
export function shownUrl(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)?(.*)$/is.exec(text) ?? [];
  // A query with an `@` looks the same as a password with a `?`.
  if (/\?.*@/s.test(rest)) return `${scheme}…`;
  return scheme + rest.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
}
