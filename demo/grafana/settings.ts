import * as z from 'zod/mini';
import { isHttpUrl, shownUrl } from '../../functions/http/http-url.ts';
import { readSettings, type Setting, SettingsError } from '../../settings/read-settings.ts';

/** The pipeline never prints this login, and never passes this login to a component. */
export type GrafanaLogin =
  | { readonly token: string }
  | { readonly username: string; readonly password: string };

/** The user's own Grafana, into which the pipeline imports the dashboards. */
export interface GrafanaServer {
  /** URL without a slash at the end. */
  readonly url: string;
  readonly login: GrafanaLogin;
  /** URL at which Grafana reaches Prometheus. Undefined means `http://127.0.0.1:<port>`. */
  readonly prometheusUrl: string | undefined;
}

function optionalUrl({ example }: { readonly example: string }): Setting<string | undefined> {
  return {
    schema: z.optional(z.string().check(z.refine((text) => isHttpUrl(text)))),
    expected: 'the URL of a server, without a user and without a query',
    remedy: `Set it to a URL such as ${example}, or unset it`,
    shown: shownUrl,
  };
}

function optionalSecret(remedy: string): Setting<string | undefined> {
  // An HTTP header cannot contain control characters.
  const schema = z.optional(z.string().check(z.regex(/^[\x20-\x7e]+$/)));
  return { schema, expected: 'printable ASCII characters', remedy, secret: true };
}

export const grafanaSettings = {
  /**
   * URL of your own Grafana, version 9 or newer.
   * @default not set: the pipeline starts `grafana` or `grafana-server` from PATH
   */
  GRAFANA_URL: optionalUrl({ example: 'http://127.0.0.1:3300' }),
  /** Token of a service account with the role Admin in the Grafana at GRAFANA_URL. */
  GRAFANA_TOKEN: optionalSecret('Copy the token of a service account of Grafana'),
  /** User with the role Admin in the Grafana at GRAFANA_URL. Not needed if GRAFANA_TOKEN is set. */
  GRAFANA_USER: optionalSecret('Set it to the name of a user of Grafana'),
  /** Password of `GRAFANA_USER`. */
  GRAFANA_PASSWORD: optionalSecret('Set it to the password of GRAFANA_USER'),
  /**
   * URL of Prometheus for the Grafana at GRAFANA_URL. In Docker Desktop, use `host.docker.internal`.
   * @default `http://127.0.0.1:9090`, or `http://127.0.0.1:9040` with Thanos, plus the port offset
   */
  GRAFANA_PROMETHEUS_URL: optionalUrl({ example: 'http://host.docker.internal:9090' }),
};

/**
 * The Grafana at GRAFANA_URL.
 * @returns undefined if GRAFANA_URL is not set
 * @throws SettingsError
 */
export function readGrafanaServer(
  env: Readonly<Record<string, string | undefined>>,
): GrafanaServer | undefined {
  if (!env.GRAFANA_URL) return undefined;
  const read = readSettings(grafanaSettings, env);
  return {
    url: (read.GRAFANA_URL ?? '').replace(/\/+$/, ''),
    login: loginOf(read.GRAFANA_TOKEN, read.GRAFANA_USER, read.GRAFANA_PASSWORD),
    prometheusUrl: read.GRAFANA_PROMETHEUS_URL?.replace(/\/+$/, ''),
  };
}

function loginOf(
  token: string | undefined,
  username: string | undefined,
  password: string | undefined,
): GrafanaLogin {
  if (token) return { token };
  if (username && password) return { username, password };
  throw new SettingsError(
    'GRAFANA_URL is set without a login. Set GRAFANA_TOKEN to the token of a service account with the role Admin, or set GRAFANA_USER and GRAFANA_PASSWORD, or unset GRAFANA_URL.',
  );
}
