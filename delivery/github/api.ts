import { setTimeout as delay } from 'node:timers/promises';
import { CouldNotRun } from '../could-not-run.ts';
import type { Job } from './settings.ts';

/** Bounds of the requests. Times are in milliseconds. */
export interface RequestBounds {
  readonly deadline: number;
  readonly attempts: number;
  /** Wait before the second attempt. Each further wait is twice as long. */
  readonly firstWait: number;
  /** Longest wait between two attempts, even if the API requests a longer wait. */
  readonly longestWait: number;
}

const defaultBounds: RequestBounds = {
  deadline: 20_000,
  attempts: 4,
  firstWait: 1_000,
  longestWait: 60_000,
};

/** `list` reads at most this number of pages. GitHub returns at most 100 items on a page. */
const mostPages = 20;
const pageSize = 100;

/** A failed request that can succeed later. */
class Temporary extends Error {
  /** Milliseconds that GitHub requests before the next attempt. */
  readonly wait: number | undefined;

  constructor(message: string, wait?: number) {
    super(message);
    this.wait = wait;
  }
}

/** The REST API of GitHub for one repository. No message contains the token. */
export class GitHubApi {
  readonly #job: Job;
  readonly #bounds: RequestBounds;

  constructor(job: Job, bounds: Partial<RequestBounds> = {}) {
    this.#job = job;
    this.#bounds = { ...defaultBounds, ...bounds };
  }

  /**
   * `path` is below `/repos/<owner>/<name>`.
   * @throws CouldNotRun, or Temporary if a retry can succeed
   */
  async request(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const { token, repository, apiUrl } = this.#job;
    const what = `${method} ${apiUrl}/repos/${repository}${path}`;
    const response = await fetch(`${apiUrl}/repos/${repository}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
        'user-agent': 'prometheus-platform',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.#bounds.deadline),
      redirect: 'error',
    }).catch((error) => {
      const cause = error?.cause?.code ?? error?.name ?? 'an unknown error';
      throw new Temporary(`${what} failed (${cause}).`);
    });
    const text = await response.text().catch(() => '');
    if (response.ok) return text === '' ? undefined : parsed(text, what);
    const refusal = `${what} answered ${response.status}${reason(text)}.`;
    if (isTemporary(response)) throw new Temporary(refusal, waitOf(response));
    throw new CouldNotRun(
      `${refusal} ${remedies[response.status] ?? 'Correct the problem that GitHub reports in this answer, then start the job again.'}`,
    );
  }

  /** Returns at most the first 2,000 items. Later items are left out without an error. */
  async list(path: string): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    for (let page = 1; page <= mostPages; page += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const found = await this.request('GET', `${path}${separator}per_page=${pageSize}&page=${page}`);
      if (!Array.isArray(found))
        throw new CouldNotRun(`GET ${path} did not return a list. Check GITHUB_API_URL.`);
      items.push(...found);
      if (found.length < pageSize) break;
    }
    return items;
  }

  /**
   * A failed attempt can change GitHub's state. `action` must first read the state.
   * @throws CouldNotRun
   */
  async repeat<T>(action: () => Promise<T>): Promise<T> {
    const { attempts, firstWait, longestWait } = this.#bounds;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        if (!(error instanceof Temporary)) throw error;
        if (attempt >= attempts) {
          throw new CouldNotRun(`${error.message} All ${attempts} attempts failed. Run the job again later.`);
        }
        await delay(Math.min(error.wait ?? firstWait * 2 ** (attempt - 1), longestWait));
      }
    }
  }
}

const remedies: Readonly<Record<number, string>> = {
  401: 'Pass a valid token as GITHUB_TOKEN.',
  403: 'Give the job the permission that the API names (docs/deliver.md).',
  404: 'Check GITHUB_REPOSITORY and the permissions of the job.',
};

/** Above its rate limit, GitHub answers with 429, or with 403 and one of these headers. */
function isTemporary({ status, headers }: Response): boolean {
  const isLimited = headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0';
  return status >= 500 || status === 429 || (status === 403 && isLimited);
}

function waitOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Temporary(`The answer of GitHub to ${what} is not JSON.`);
  }
}

function reason(text: string): string {
  try {
    const { message } = JSON.parse(text);
    return typeof message === 'string' ? ` (${message.slice(0, 300)})` : '';
  } catch {
    return '';
  }
}
