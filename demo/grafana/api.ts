import pRetry, { type Options } from 'p-retry';
import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { readProxies } from '../../toolchain/index.ts';
import { bodyWithin } from '../../verify/body-within.ts';
import { direct } from '../../verify/direct.ts';
import { dataSource, grafanaDashboard, grafanaName, grafanaUid } from './provisioning.ts';
import type { GrafanaLogin, GrafanaServer } from './settings.ts';

const deadlineMs = 10_000;
/** In bytes. A dashboard has about 0.2 MB. */
const maxAnswerBytes = 5 * 1024 * 1024;
/** A Grafana that starts together with the pipeline answers only after some seconds. */
const retries: Options = {
  retries: 3,
  minTimeout: 2000,
  factor: 2,
  shouldRetry: ({ error }) => error instanceof GrafanaError && error.isTemporary,
};

/** The message says what is wrong and what to do. The message never contains the login. */
export class GrafanaError extends Error {
  override readonly name = 'GrafanaError';
  /** Whether a retry of the same request may succeed. */
  readonly isTemporary: boolean;

  constructor(text: string, { isTemporary = false } = {}) {
    super(text);
    this.isTemporary = isTemporary;
  }
}

export interface DashboardJson {
  readonly uid: string;
  readonly json: string;
}

export interface Provisioned {
  /** The URL of each dashboard by its uid. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** Why Grafana cannot read Prometheus. */
  readonly problem?: string;
}

/**
 * @param prometheusUrl URL at which Grafana reaches Prometheus
 * @throws GrafanaError
 */
export async function provisionGrafana(
  server: GrafanaServer,
  prometheusUrl: string,
  dashboards: readonly DashboardJson[],
  signal: AbortSignal,
): Promise<Provisioned> {
  const api = new GrafanaApi(server, signal);
  await pRetry(() => api.get('/api/health'), { ...retries, signal });
  await api.putDataSource(prometheusUrl);
  await api.putFolder();
  for (const dashboard of dashboards) await api.putDashboard(dashboard);
  const addresses = Object.fromEntries(dashboards.map(({ uid }) => [uid, grafanaDashboard(server.url, uid)]));
  const problem = await api.dataSourceProblem(prometheusUrl);
  return { dashboards: addresses, ...(problem !== undefined && { problem }) };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const message = z.object({ message: z.string() });
const stored = z.object({
  meta: z.object({ folderUid: z.string().optional(), folderTitle: z.string().optional() }),
});

class GrafanaApi {
  readonly #server: GrafanaServer;
  readonly #signal: AbortSignal;

  constructor(server: GrafanaServer, signal: AbortSignal) {
    this.#server = server;
    this.#signal = signal;
  }

  async get(path: string): Promise<Answer> {
    return this.#expect(await this.#send('GET', path), path);
  }

  async putDataSource(prometheusUrl: string): Promise<void> {
    const path = `/api/datasources/uid/${grafanaUid}`;
    const found = await this.#send('GET', path);
    const body = dataSource(prometheusUrl, false);
    if (found.status === 404) await this.#write('POST', '/api/datasources', body);
    else {
      this.#expect(found, path);
      await this.#write('PUT', path, body);
    }
  }

  async putFolder(): Promise<void> {
    const path = `/api/folders/${grafanaUid}`;
    const found = await this.#send('GET', path);
    if (found.status === 404)
      await this.#write('POST', '/api/folders', { uid: grafanaUid, title: grafanaName });
    else this.#expect(found, path);
  }

  async putDashboard({ uid, json }: DashboardJson): Promise<void> {
    const path = `/api/dashboards/uid/${uid}`;
    const found = await this.#send('GET', path);
    if (found.status !== 404) {
      const { meta } = stored.safeParse(this.#expect(found, path).body).data ?? this.#refuse(path);
      if (meta.folderUid !== grafanaUid) {
        throw new GrafanaError(
          `Grafana at ${this.#server.url} already has a dashboard with the uid ${uid}, in the folder ${meta.folderTitle || 'Dashboards'}. The pipeline overwrites only dashboards in the folder ${grafanaName}. Delete the dashboard or change its uid, then start the pipeline again.`,
        );
      }
    }
    await this.#write('POST', '/api/dashboards/db', {
      dashboard: { ...JSON.parse(json), id: null },
      folderUid: grafanaUid,
      overwrite: true,
      message: 'npm start',
    });
  }

  /** Why Grafana cannot read Prometheus. Undefined if Grafana can read Prometheus or has no health check. */
  async dataSourceProblem(prometheusUrl: string): Promise<string | undefined> {
    const { status, body } = await this.#send('GET', `/api/datasources/uid/${grafanaUid}/health`);
    if (status === 200 || status === 404) return undefined;
    return `Grafana at ${this.#server.url} cannot read Prometheus at ${prometheusUrl}${reason(body)}. Set GRAFANA_PROMETHEUS_URL to an address that Grafana can reach, then start the pipeline again.`;
  }

  async #write(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
    this.#expect(await this.#send(method, path, body), path);
  }

  async #send(method: string, path: string, body?: unknown): Promise<Answer> {
    const { url, login } = this.#server;
    const { fetch } = await import('undici');
    const answered = fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: authorization(login),
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // `fetch` must not follow a redirect, because `fetch` can then send GET instead of POST.
      redirect: 'manual',
      dispatcher: await routeTo(url),
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(deadlineMs)]),
    }).then(async (response) => ({ response, content: await bodyWithin(response, maxAnswerBytes) }));
    const { response, content } = await answered.catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new GrafanaError(`Grafana at ${url} does not answer (${why}). Check GRAFANA_URL.`, {
        isTemporary: true,
      });
    });
    if (response.status >= 300 && response.status < 400) {
      const target = response.headers.get('location') ?? 'another address';
      const error = `Grafana at ${url} redirects to ${target}. Set GRAFANA_URL to the address at which Grafana itself answers.`;
      throw new GrafanaError(error);
    }
    return { status: response.status, body: content && jsonOf(content.toString()) };
  }

  #refuse(path: string): never {
    throw new GrafanaError(
      `The server at ${this.#server.url} does not answer ${path} like a Grafana server. Set GRAFANA_URL to the address of a Grafana.`,
    );
  }

  #expect(answer: Answer, path: string): Answer {
    const { status, body } = answer;
    if (status >= 200 && status < 300) return body === undefined ? this.#refuse(path) : answer;
    const { url } = this.#server;
    if (status === 401 || status === 403) {
      throw new GrafanaError(
        `Grafana at ${url} refuses the login for ${path} (HTTP ${status}${reason(body)}). Use a token or a user with the role Admin.`,
      );
    }
    throw new GrafanaError(
      `Grafana at ${url} answers ${path} with HTTP ${status}${reason(body)}. Check that GRAFANA_URL is the URL of Grafana 9 or newer, and read the log of this Grafana.`,
      { isTemporary: status >= 500 },
    );
  }
}

function authorization(login: GrafanaLogin): string {
  if ('token' in login) return `Bearer ${login.token}`;
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}

/** Returns the proxy for `url`. A URL on this machine needs no proxy. */
async function routeTo(url: string): Promise<Dispatcher> {
  const { hostname } = new URL(url);
  if (['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return direct();
  const { https = '', http = '', exempt } = readProxies(process.env);
  const { EnvHttpProxyAgent } = await import('undici');
  return new EnvHttpProxyAgent({ httpsProxy: https, httpProxy: http, noProxy: exempt });
}

function reason(body: unknown): string {
  const parsed = message.safeParse(body);
  // The terminal would interpret control characters.
  return parsed.success ? `, ${parsed.data.message.replace(/\p{Cc}+/gu, ' ').slice(0, 200)}` : '';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
