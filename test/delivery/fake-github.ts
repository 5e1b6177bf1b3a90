import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { GitHubApi, type RequestBounds } from '../../delivery/github/api.ts';

export const token = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';
const repository = 'acme/monitoring';

interface Item {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}
interface Issue extends Item {
  readonly number: number;
  title: string;
  state: string;
  readonly labels: readonly { readonly name: string }[];
}

export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the mock executes the request before it sends the error. @default false */
  readonly afterwards?: boolean;
}

export class FakeGitHub {
  comments: Item[] = [];
  issues: Issue[] = [];
  labels: string[] = [];
  head = 'a'.repeat(40);
  /** Each request as `METHOD path`. */
  readonly requests: string[] = [];
  /** The mock uses each entry once: for the next request whose `METHOD path` matches `request`. */
  readonly refusals: { readonly request: RegExp; readonly refusal: Refusal }[] = [];
  /** The mock does not answer a request if this pattern matches the text `METHOD path` of the request. */
  silent: RegExp | undefined;
  url = '';
  #next = 100;

  static async start(): Promise<FakeGitHub> {
    const fake = new FakeGitHub();
    const server = createServer((request, response) => void fake.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return fake;
  }

  api(bounds: Partial<RequestBounds> = {}): GitHubApi {
    const job = { token, repository, apiUrl: this.url, runUrl: 'https://github.example/run/1' };
    return new GitHubApi(job, { firstWait: 1, deadline: 2_000, ...bounds });
  }

  comment(body: string, type = 'Bot'): Item {
    const comment = { id: this.#id(), body, user: { type } };
    this.comments.push(comment);
    return comment;
  }

  issue(body: string, { type = 'Bot', label = 'drift' } = {}): Issue {
    const id = this.#id();
    const issue = {
      id,
      number: id,
      body,
      title: 'x',
      state: 'open',
      user: { type },
      labels: [{ name: label }],
    };
    this.issues.push(issue);
    return issue;
  }

  #id(): number {
    this.#next += 1;
    return this.#next;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const path = decodeURIComponent(url.replace(`/repos/${repository}`, ''));
    this.requests.push(`${method} ${path}`);
    if (this.silent?.test(`${method} ${path}`)) return;
    const send = (status: number, body: unknown, headers = {}) =>
      response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
    const index = this.refusals.findIndex((each) => each.request.test(`${method} ${path}`));
    const [found] = index === -1 ? [] : this.refusals.splice(index, 1);
    if (request.headers.authorization !== `Bearer ${token}`)
      return void send(401, { message: 'Bad credentials' });
    if (!found || found.refusal.afterwards) {
      const { status, body } = this.#execute(method, path, text === '' ? {} : JSON.parse(text));
      if (!found) return void send(status, body);
    }
    const { status, headers = {}, body = '{}' } = found.refusal;
    response.writeHead(status, headers).end(body);
  }

  #execute(method: string, path: string, body: Record<string, unknown>): { status: number; body?: unknown } {
    const { pathname, searchParams } = new URL(path, this.url);
    const page = <T>(list: readonly T[]) => {
      const [size, number] = [searchParams.get('per_page') ?? 30, searchParams.get('page') ?? 1].map(Number);
      return list.slice(((number ?? 1) - 1) * (size ?? 30), (number ?? 1) * (size ?? 30));
    };
    const route = `${method} ${pathname.replace(/\d+/, 'N')}`;
    const id = Number(/\d+/.exec(pathname)?.[0]);
    const comment = this.comments.find((each) => each.id === id);
    const issue = this.issues.find((each) => each.number === id);
    if (String(body.body ?? '').length > 65_536)
      return { status: 422, body: { message: 'body is too long' } };
    if (route === 'GET /pulls/N') {
      const labels = this.labels.map((name) => ({ name }));
      return { status: 200, body: { number: 7, head: { sha: this.head }, labels } };
    }
    if (route === 'GET /issues/N/comments') return { status: 200, body: page(this.comments) };
    if (route === 'POST /issues/N/comments') return { status: 201, body: this.comment(String(body.body)) };
    if (route === 'GET /issues/N/labels')
      return { status: 200, body: page(this.labels.map((name) => ({ name }))) };
    if (route.startsWith('DELETE /issues/N/labels/')) {
      const name = pathname.slice('/issues/7/labels/'.length);
      this.labels = this.labels.filter((label) => label !== name);
      return { status: 200, body: [] };
    }
    if (route === 'GET /issues') {
      const open = this.issues.filter(
        ({ state, labels }) =>
          state === searchParams.get('state') &&
          labels.some(({ name }) => name === searchParams.get('labels')),
      );
      return { status: 200, body: page(open) };
    }
    if (route === 'POST /issues') {
      const [label] = body.labels as string[];
      const created = this.issue(String(body.body), { label });
      created.title = String(body.title);
      return { status: 201, body: created };
    }
    if (route === 'PATCH /issues/comments/N' && comment) {
      comment.body = String(body.body);
      return { status: 200, body: comment };
    }
    if (route === 'DELETE /issues/comments/N' && comment) {
      this.comments = this.comments.filter((each) => each !== comment);
      return { status: 204 };
    }
    if (route === 'PATCH /issues/N' && issue) {
      Object.assign(issue, body);
      return { status: 200, body: issue };
    }
    return { status: 404, body: { message: 'Not Found' } };
  }
}
