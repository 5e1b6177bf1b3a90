import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { edgeIssuer } from '../config/cluster-names.ts';
import { ports } from '../config/topology.ts';
import { documentedQueries } from '../metrics/queries.ts';
import { readDocuments } from './metrics/documents.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

describe('the README', () => {
  it('lists exactly the queries that the live test proves', () => {
    const [, block = ''] = /```promql\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(block.trim().split('\n')).toEqual(documentedQueries.map((q) => q.expr));
  });

  it('contains the number of every port of the laptop pipeline', () => {
    const table = readme.slice(readme.indexOf('## On the laptop'), readme.indexOf('## Queries'));
    for (const port of Object.values(ports)) expect(table).toMatch(new RegExp(`\\b${port}\\b`));
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map((m) => m[1]);
    expect(named.length).toBeGreaterThan(0);
    for (const script of named) expect(scripts).toHaveProperty(script as string);
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((m) => m[1] as string);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(existsSync(join(root, link)), link).toBe(true);
  });
});

describe('the documentation', () => {
  it('shows only cdktf deploy commands that the CDKTF CLI accepts', () => {
    const deployed = readDocuments().flatMap(({ file, text }) =>
      [...text.matchAll(/cdktf deploy ([^\n`#]+)/g)].map(([, what = '']) => ({ file, what: what.trim() })),
    );
    expect(deployed.length).toBeGreaterThan(3);
    // The CLI deploys a stack only with its dependencies or with --ignore-missing-stack-dependencies.
    const refused = deployed.filter(
      ({ what }) => !/^'[\w<>]+-\*'|-platform$|^--ignore-missing-stack-dependencies /.test(what),
    );
    expect(refused).toEqual([]);
  });

  it('has the correct name and renewal time for the CA certificate of an edge', () => {
    const page = read('docs/add-an-edge.md');
    const certificate = /^ *kind: Certificate\n[\s\S]*?EOF/m.exec(page)?.[0] ?? '';
    expect(certificate).toContain(`name: ${edgeIssuer('branch')},`);
    expect(certificate).toContain(`secretName: ${edgeIssuer('branch')}\n`);
    expect(certificate).toContain('renewBefore: 1h\n');
  });

  it('states the configured timeout of Helm releases in docs/troubleshooting.md', () => {
    const goldens = join(root, 'test', 'stacks', 'goldens');
    const waits = readdirSync(goldens).flatMap((file) =>
      [...readFileSync(join(goldens, file), 'utf8').matchAll(/"timeout": (\d+)/g)].map(
        ([, seconds]) => seconds,
      ),
    );
    const row = /^\| `context deadline exceeded` of a release .*$/m.exec(
      read('docs/troubleshooting.md'),
    )?.[0];
    expect(new Set(waits).size).toBe(1);
    expect(row).toContain(`not ready within ${waits[0]} s`);
  });
});
