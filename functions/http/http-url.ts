export interface HttpUrlOptions {
  /**
   * Whether the URL may have a query, such as `?limit=5`. Set `true` only if the program appends no path to the URL.
   * @default false
   */
  readonly query?: boolean;
}

const shape = /^https?:\/\/[^\s/?#@\\]*[^\s/?#@\\:](?:\/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?$/i;

/**
 * Whether a text is an `http` or `https` URL. The URL must contain no user, no password and no fragment (`#…`). The
 * function does not rely on `new URL` alone, because `new URL` accepts `http:8080`, and removes tabs and line breaks.
 */
export function isHttpUrl(text: string, { query = false }: HttpUrlOptions = {}): boolean {
  const parts = shape.exec(text);
  if (!parts || (parts.groups?.query !== undefined && !query)) return false;
  return URL.canParse(text) && new URL(text).port !== '0';
}

/**
 * A URL for a message. The user, the password and the query are replaced by `…`, because they can be secret. The
 * function also hides them in an invalid URL.
 */
export function shownUrl(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)?(.*)$/is.exec(text) ?? [];
  // A `?` before an `@` can be a part of the password (`user:pass?word@host`), or can start the query
  // (`host?mail=a@b`). The function cannot distinguish the two cases. Therefore it hides everything after the scheme.
  if (/\?.*@/s.test(rest)) return `${scheme}…`;
  return scheme + rest.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
}
