import { exemptHosts, type Proxies, ProxySettingError, proxyUrl } from '../settings/proxy-settings.ts';
import { ToolchainError } from './error.ts';

export { type Proxies, type Proxy, proxyFor } from '../settings/proxy-settings.ts';

/** @throws ToolchainError if `HTTPS_PROXY` or `HTTP_PROXY` has a wrong value */
export function readProxies(env: NodeJS.ProcessEnv): Proxies {
  try {
    return {
      https: proxyUrl(env, 'HTTPS_PROXY'),
      http: proxyUrl(env, 'HTTP_PROXY'),
      exempt: exemptHosts(env),
    };
  } catch (error) {
    if (!(error instanceof ProxySettingError)) throw error;
    throw new ToolchainError(error.what, error.remedy, { cause: error });
  }
}
