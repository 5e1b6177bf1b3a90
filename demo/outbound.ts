import { readProxies } from '../toolchain/index.ts';

/** With these variables, Node trusts additional CAs. */
const trust = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'];

/**
 * Proxy and CA variables.
 * @throws ToolchainError if a proxy variable is not the URL of an HTTP proxy
 */
export function outboundVariables(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const { https, exempt } = readProxies(env);
  const trusted = trust.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  return {
    ...Object.fromEntries(trusted),
    ...(https && { HTTPS_PROXY: https }),
    ...(https && exempt && { NO_PROXY: exempt }),
  };
}
