export interface HttpUrlOptions {
  /** Whether a query may follow the path. @default false: paths are added to the URL */
  readonly query?: boolean;
}

/** A scheme, a host with an optional port, and an optional path: no user, no white space, no backslash, no fragment. */
const shape = /^https?:\/\/[^\s/?#@\\]*[^\s/?#@\\:](?:\/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?$/i;

/**
 * Whether a text is the address of an HTTP server, exactly as it is written. `new URL` alone is too lenient: it drops
 * tabs and line breaks, accepts `http:8080` as an address, and keeps parts that no path can follow.
 */
export function isHttpUrl(text: string, { query = false }: HttpUrlOptions = {}): boolean {
  const parts = shape.exec(text);
  if (!parts || (parts.groups?.query !== undefined && !query)) return false;
  return URL.canParse(text) && new URL(text).port !== '0';
}

/** A URL as a message may show it: without what can be a secret, the login and the query. */
export function shownUrl(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//…@').replace(/\?.*$/s, '?…');
}
