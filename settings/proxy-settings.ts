type Env = Readonly<Record<string, string | undefined>>;

/** An error about a wrong value of a proxy variable. `what` and `remedy` are complete sentences. */
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

/** The proxies of this machine for outgoing requests. */
export interface Proxies {
  /** Proxy URL for HTTPS requests, with the login. If undefined, HTTPS requests use the HTTP proxy. */
  readonly https: string | undefined;
  /** URL of the proxy for `http://` addresses, including its login; undefined without a proxy. */
  readonly http: string | undefined;
  /** Hosts without a proxy, in the format of NO_PROXY. */
  readonly exempt: string;
}

export interface Proxy {
  /** URL of the proxy, including its login. No message may contain this URL. */
  readonly url: string;
  /** Name of the proxy in messages, such as `the proxy http://proxy.example.com:8080 (HTTPS_PROXY)`. */
  readonly name: string;
}

/** Hosts without a proxy. Even an empty `no_proxy` overrides `NO_PROXY`, as in curl and undici. */
export function exemptHosts(env: Env): string {
  return env.no_proxy ?? env.NO_PROXY ?? '';
}

/** Returns the proxy of a URL, or undefined for a direct connection. undici chooses the same proxy. */
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
 * The variable with the lower-case name, such as `https_proxy`, has priority, even if its value is empty.
 * @returns undefined if the value is empty or missing
 * @throws ProxySettingError
 */
export function proxyUrl(env: Env, variable: 'HTTPS_PROXY' | 'HTTP_PROXY'): string | undefined {
  const lower = variable.toLowerCase();
  const name = env[lower] === undefined ? variable : lower;
  const given = (env[name] ?? '').trim();
  if (given === '') return undefined;
  // As in curl, a value without a scheme means an HTTP proxy.
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (isHttp && /^\/?$/.test(url.pathname) && url.search === '' && url.hash === '') return url.href;
  const shown = given.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1…@');
  throw new ProxySettingError(
    `${name} is "${shown}", which is not the URL of an HTTP proxy.`,
    'Set it to a URL such as http://proxy.example.com:8080, or unset it.',
  );
}
