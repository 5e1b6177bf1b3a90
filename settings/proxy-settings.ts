/** Environment variables, such as `process.env`. */
type Env = Readonly<Record<string, string | undefined>>;

/**
 * A variable is set, but is not the URL of an HTTP proxy. `what` and `remedy` are one sentence each: the mistake and
 * its fix.
 */
export class ProxySettingError extends Error {
  override readonly name = 'ProxySettingError';
  readonly what: string;
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(`${what} ${remedy}`);
    this.what = what;
    this.remedy = remedy;
  }
}

/** Proxies that this machine uses for outgoing requests. */
export interface Proxies {
  /** URL of the proxy for `https://` addresses, including its login; undefined if there is no proxy. */
  readonly https: string | undefined;
  /** URL of the proxy for `http://` addresses, including its login; undefined if there is no proxy. */
  readonly http: string | undefined;
  /** Hosts that requests reach without a proxy, in the format of NO_PROXY. */
  readonly exempt: string;
}

/** The proxy for a request. */
export interface Proxy {
  /** URL of the proxy. The URL includes the login, therefore it must never be printed. */
  readonly url: string;
  /** Name of the proxy in messages: `the proxy http://proxy.example.com:8080 (HTTPS_PROXY)`. */
  readonly name: string;
}

/**
 * Hosts that requests reach without a proxy. The variable in lower case takes precedence over the variable in upper
 * case, even if it is empty. curl and undici do the same.
 */
export function exemptHosts(env: Env): string {
  return env.no_proxy ?? env.NO_PROXY ?? '';
}

/**
 * The proxy for a URL, or undefined for a direct connection. The choice is the same as in undici's EnvHttpProxyAgent.
 */
export function proxyFor(url: string, { https, http, exempt }: Proxies): Proxy | undefined {
  const { protocol, hostname, port } = new URL(url);
  const isTls = protocol === 'https:';
  if (isExempt(hostname, Number(port) || (isTls ? 443 : 80), exempt)) return undefined;
  const [proxy, variable] = isTls && https !== undefined ? [https, 'HTTPS_PROXY'] : [http, 'HTTP_PROXY'];
  if (proxy === undefined) return undefined;
  return { url: proxy, name: `the proxy ${new URL(proxy).origin} (${variable})` };
}

function isExempt(hostname: string, port: number, exempt: string): boolean {
  if (exempt === '*') return true;
  return exempt.split(/[,\s]+/).some((entry) => {
    const [, host = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const suffix = host.replace(/^\*?\./, '').toLowerCase();
    if (suffix === '' || (only !== undefined && Number(only) !== port)) return false;
    return hostname === suffix || hostname.endsWith(`.${suffix}`);
  });
}

/**
 * Reads the URL of a proxy from an environment variable. A value without a scheme is an HTTP proxy, as in curl.
 * @returns undefined if the variable is not set
 * @throws ProxySettingError if the value is not the URL of an HTTP proxy
 */
export function proxyUrl(env: Env, variable: 'HTTPS_PROXY' | 'HTTP_PROXY'): string | undefined {
  const given = (env[variable.toLowerCase()] ?? env[variable] ?? '').trim();
  if (given === '') return undefined;
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (isHttp && /^\/?$/.test(url.pathname) && url.search === '' && url.hash === '') return url.href;
  const shown = given.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1…@');
  throw new ProxySettingError(
    `${variable} is "${shown}", which is not the URL of an HTTP proxy.`,
    'Set it to a URL such as http://proxy.example.com:8080, or unset it.',
  );
}
