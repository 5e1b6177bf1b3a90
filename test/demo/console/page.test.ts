import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';

const script = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'demo', 'console', 'page', 'page.js'),
  'utf8',
);

/** The properties of an element that the page's script uses. */
class Node {
  textContent = '';
  children: (Node | string)[] = [];
  append(...children: (Node | string)[]) {
    this.children.push(...children);
  }
  replaceChildren(...children: (Node | string)[]) {
    this.children = children;
  }
  querySelectorAll() {
    return [];
  }
  get text(): string {
    return this.textContent + this.children.map((c) => (typeof c === 'string' ? c : c.text)).join(' ');
  }
}

const prometheus = {
  name: 'prometheus',
  role: '',
  state: 'unhealthy',
  url: 'http://127.0.0.1:9090',
  rssBytes: 0,
  restarts: 0,
};
const answers: Readonly<Record<string, unknown>> = {
  '/api/status': { ready: false, components: [prometheus] },
  '/api/notifications': [
    {
      receivedAt: '2026-01-01T00:00:00Z',
      status: 'firing',
      alert: 'AlertmanagerDown',
      labels: {},
      annotations: {},
    },
  ],
  '/api/faults': [],
};

/** Loads the page with a console that answers only these paths. @returns the text of an id */
function load(fetchPath: (path: string) => Promise<unknown>): (id: string) => string {
  const nodes = new Map<string, Node>();
  const byId = (id: string) => nodes.get(id) ?? nodes.set(id, new Node()).get(id);
  runInNewContext(script, {
    document: { getElementById: byId, createElement: () => new Node(), querySelectorAll: () => [] },
    fetch: async (path: string) => ({ ok: true, json: () => fetchPath(path) }),
    AbortSignal,
    setTimeout: () => undefined,
  });
  return (id) => nodes.get(id)?.text ?? '';
}

describe('the console’s page', () => {
  it('shows the unhealthy Prometheus and the fired alerts while the queries wait', async () => {
    const text = load((path) => (path in answers ? Promise.resolve(answers[path]) : new Promise(() => {})));
    await vi.waitFor(() => expect(text('rows')).toContain('unhealthy'));
    expect(text('state')).toContain('0 of 1 running');
    expect(text('list')).toContain('AlertmanagerDown');
  });

  it('does not report a stopped pipeline when only the queries get no answer', async () => {
    const text = load((path) =>
      path in answers ? Promise.resolve(answers[path]) : Promise.reject(new Error('timed out')),
    );
    await vi.waitFor(() => expect(text('acts')).toContain('timed out'));
    expect(text('state')).toContain('Not ready');
  });

  it('mentions npm start when no request is answered', async () => {
    const text = load(() => Promise.reject(new Error('refused')));
    await vi.waitFor(() => expect(text('state')).toMatch(/does not answer \(refused\).*npm start/));
  });
});
