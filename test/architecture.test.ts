import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Folder → folders (or single files) it may import from. What is not listed here is not a room of this house. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  config: [],
  metrics: ['config/topology.ts'],
  'config/environments': ['config', 'platforms'],
  modules: ['config', 'metrics', 'dashboards'],
  platforms: ['modules', 'config'],
  stacks: ['platforms', 'modules', 'config'],
  'main.ts': ['stacks', 'platforms', 'config/environments'],
  bundling: ['toolchain'],
  settings: [],
  functions: ['metrics', 'settings'],
  dashboards: ['metrics', 'config/topology.ts'],
  toolchain: ['settings'],
  verify: ['config', 'platforms', 'metrics', 'dashboards'],
  demo: ['config', 'metrics', 'dashboards', 'functions', 'settings', 'toolchain', 'verify', 'bundling'],
};

/** Packages that only the named places may import, so that each can be replaced in an afternoon. */
const confined: readonly { readonly packages: RegExp; readonly places: readonly string[] }[] = [
  { packages: /^(cdktf|constructs|@cdktf\/.*)$/, places: ['main.ts', 'modules', 'platforms', 'stacks'] },
  { packages: /^prom-client$/, places: ['metrics/registry.ts'] },
  { packages: /^@grafana\/grafana-foundation-sdk/, places: ['dashboards'] },
  { packages: /^@azure\/functions$/, places: ['functions/adapters'] },
];

interface Import {
  readonly file: string;
  readonly from: string;
}

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    return filesUnder(join(path, entry.name));
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map((m) => ({
    file: relative(root, file),
    from: (m[1] ?? m[2] ?? m[3]) as string,
  }));
}

/** The innermost folder of the table that holds a file. */
const roomOf = (file: string) =>
  Object.keys(allowed)
    .filter((place) => within(file, place))
    .sort((one, two) => two.length - one.length)[0] as string;
const within = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

const sources = Object.keys(allowed)
  .filter((place) => statSync(join(root, place), { throwIfNoEntry: false }))
  .flatMap((place) => filesUnder(join(root, place)))
  .filter((file) => /\.(ts|mjs)$/.test(file));
const imports = sources.flatMap(importsOf);
const relativeImports = imports
  .filter(({ from }) => from.startsWith('.'))
  .map(({ file, from }) => ({ file, from, target: normalize(join(dirname(file), from)) }));

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(20);
  });

  it('go only the way the design allows', () => {
    const violations = relativeImports.filter(({ file, target }) => {
      const room = roomOf(file);
      if (within(target, room)) return false;
      return !(allowed[room] ?? []).some((place) => within(target, place));
    });
    expect(violations).toEqual([]);
  });

  it('of replaceable packages stay in their places', () => {
    const violations = imports.filter(({ file, from }) =>
      confined.some(
        ({ packages, places }) => packages.test(packageOf(from)) && !places.some((p) => within(file, p)),
      ),
    );
    expect(violations).toEqual([]);
  });

  it('of Terraform providers name the resource, because a barrel costs seconds and hundreds of megabytes', () => {
    const barrels = imports.filter(({ from }) =>
      /^@cdktf\/provider-[a-z]+(\/lib)?(\/index\.js)?$/.test(from),
    );
    expect(barrels).toEqual([]);
  });

  it('form no cycle', () => {
    const graph = new Map<string, string[]>();
    for (const { file, target } of relativeImports) graph.set(file, [...(graph.get(file) ?? []), target]);
    expect(findCycle(graph)).toBeUndefined();
  });
});

describe('files', () => {
  it('named index.ts only export', () => {
    const offenders = sources
      .filter((file) => file.endsWith('/index.ts'))
      .filter((file) =>
        readFileSync(file, 'utf8')
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .split(/;\s*\n/)
          .map((statement) => statement.trim())
          .some((statement) => statement !== '' && !/^export\s+(type\s+)?(\*|\{)/.test(statement)),
      );
    expect(offenders.map((file) => relative(root, file))).toEqual([]);
  });

  it('stand in folders named by content', () => {
    const drawers = sources.filter((file) => /\/(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file));
    expect(drawers).toEqual([]);
  });
});

function packageOf(specifier: string): string {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return specifier;
  const [first, second] = specifier.split('/');
  return first?.startsWith('@') ? `${first}/${second}` : (first as string);
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
