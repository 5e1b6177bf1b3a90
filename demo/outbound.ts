import { readProxies } from '../toolchain/index.ts';

/** Variables that make Node trust more CAs; behind TLS inspection, one of these is set. */
const trust = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'];

/**
 * The variables of this shell without which a program cannot reach the internet from behind a proxy or a TLS inspection.
 * @throws ToolchainError when the proxy is not the URL of an HTTP proxy
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
