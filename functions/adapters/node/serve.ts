import { systemClock } from '../../clock.ts';
import type { Env, FunctionDefinition } from '../../function.ts';
import { nodeFetchOf } from '../../http/node-fetch.ts';
import { jsonLog } from '../../log.ts';
import { numberSetting, portSetting, readSettings, textSetting } from '../../settings.ts';
import { certificateFiles } from './certificate.ts';
import { isLoopback, listen, type RunningServer } from './server.ts';

/** Runs until SIGTERM or SIGINT, then exits with 0. After an error or a second signal, exits with 1. */
export async function serve(definition: FunctionDefinition, env: Env = process.env): Promise<void> {
  const { name } = definition;
  try {
    const server = await open(definition, env);
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const stop = (signal: string) => {
      for (const each of signals) {
        process.removeListener(each, stop);
        process.once(each, () => process.exit(1));
      }
      jsonLog('info', `${name} stops`, { signal });
      server.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    for (const signal of signals) process.once(signal, stop);
    jsonLog('info', `${name} listens`, { url: server.url });
  } catch (error) {
    fail(error);
  }
}

const pemRemedy = { remedy: 'Set it to such a path, or unset it to serve without TLS' };

export const listenSettings = (defaultPort: number) => ({
  /**
   * TCP port of the listener. With 0, the system chooses a free port.
   * @default a different port for each function
   */
  PORT: portSetting(defaultPort),
  /** Address of the listener. @default '127.0.0.1' */
  HOST: textSetting('an address or name of this machine', {
    remedy: 'Set it to such an address, or unset it to use 127.0.0.1',
    pattern: /^[\w.:-]+$/,
  }),
  /**
   * Path of the certificate and its chain. The server also loads a renewed certificate.
   * @default no TLS
   */
  TLS_CERT_FILE: textSetting('the path of a PEM file', pemRemedy),
  /** Path of the private key for `TLS_CERT_FILE`. */
  TLS_KEY_FILE: textSetting('the path of a PEM file', pemRemedy),
  /** Seconds for which the server still accepts requests after SIGTERM. */
  DRAIN_SECONDS: numberSetting('seconds', { min: 0, max: 300, fallback: 0 }),
});

export async function open(definition: FunctionDefinition, env: Env): Promise<RunningServer> {
  const {
    PORT,
    HOST = '127.0.0.1',
    TLS_CERT_FILE: cert,
    TLS_KEY_FILE: key,
    DRAIN_SECONDS,
  } = readSettings(listenSettings(definition.defaultPort), env);
  const tls = certificateFiles(cert, key);
  const instance = definition.create(env, {
    runtime: `node ${process.version}`,
    lifetime: 'resident',
    clock: systemClock,
    log: jsonLog,
    createFetch: nodeFetchOf(env),
  });
  const server = await listen(instance.app.fetch, { host: HOST, port: PORT, tls });
  if (instance.openTo && !isLoopback(HOST)) jsonLog('warn', instance.openTo, { host: HOST });
  instance.start?.();
  return {
    ...server,
    async close() {
      await server.drain(DRAIN_SECONDS * 1000);
      await Promise.all([server.close(), instance.stop?.()]);
    },
  };
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
