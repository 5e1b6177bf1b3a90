export interface HttpUrlOptions {
  /**
   * Whether the URL may have a query, such as `?limit=5`. Set `true` only if the program appends no path to the URL.
   * @default false
   */
  readonly query?: boolean;
}

const shape = /^https?:\/\/[^\s/?#@\\]*[^\s/?#@\\:](?:\/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?$/i;

/**
 * Whether a text is the URL of an HTTP server, without a user and a fragment. `new URL` accepts too much: it removes
 * tabs and line breaks, and accepts `http:8080`.
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
  // In `user:pass?word@host`, the `?` is a part of the password. In `host?mail=a@b`, the `?` starts the query. The regular
  // expression matches both texts. Therefore everything after the scheme is hidden.
  if (/\?.*@/s.test(rest)) return `${scheme}…`;
  return scheme + rest.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
}
