export interface HttpUrlOptions {
  /**
   * Whether the URL may have a query. Set `true` only if the program appends no path.
   * @default false
   */
  readonly query?: boolean;
}

/** `new URL` alone would accept `http:8080`, and would remove tabs and line breaks. */
const shape = /^https?:\/\/[^\s/?#@\\]*[^\s/?#@\\:](?:\/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?$/i;

/** Whether a text is an `http` or `https` URL without a user, a password and a fragment (`#…`). */
export function isHttpUrl(text: string, { query = false }: HttpUrlOptions = {}): boolean {
  const parts = shape.exec(text);
  if (!parts || (parts.groups?.query !== undefined && !query)) return false;
  return URL.canParse(text) && new URL(text).port !== '0';
}

/** Returns a URL without its secrets. `…` replaces the user, the password and the query. The URL can be invalid. */
export function shownUrl(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)?(.*)$/is.exec(text) ?? [];
  // A `?` before an `@` can be in the password (`user:p?w@host`) or start the query (`host?mail=a@b`).
  if (/\?.*@/s.test(rest)) return `${scheme}…`;
  return scheme + rest.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
}
