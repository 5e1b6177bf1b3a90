/**
 * The value of HTTP_PROXY or HTTPS_PROXY. As with curl, a proxy without a scheme is an HTTP proxy.
 * @returns undefined unless it is the URL of an HTTP proxy
 */
export function parseProxyUrl(given: string): URL | undefined {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/** A proxy as a message may show it: without its login. */
export function shownProxy(given: string): string {
  return given.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1…@');
}
