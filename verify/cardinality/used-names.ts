import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards } from '../../dashboards/index.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import type { RuleGroupStatus } from '../prometheus-api.ts';

/**
 * Every word in the rules, panels and documented queries.
 * @param root folder of the project
 */
export function usedNames(groups: readonly RuleGroupStatus[], root: string): ReadonlySet<string> {
  const rules = groups.flatMap(({ rules: list }) => list.map(({ query = '' }) => query));
  const panels = dashboards.flatMap(({ build }) => expressions(JSON.parse(JSON.stringify(build()))));
  const queries = [...documentedQueries.map(({ expr }) => expr), ...documentQueries(root)];
  return new Set([...rules, ...panels, ...queries].flatMap((text) => text.match(/[a-zA-Z_:][\w:]*/g) ?? []));
}

function expressions(node: unknown): readonly string[] {
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' && ['expr', 'query'].includes(key) ? [value] : expressions(value),
  );
}

/** The `promql` blocks of the README, the demo script and the pages in docs/. */
function documentQueries(root: string): readonly string[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file));
  return ['README.md', 'DEMO_SCRIPT.md', ...pages].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/^[ \t]*```promql[^\n]*\n([\s\S]*?)^[ \t]*```/gm)].map(
      ([, block = '']) => block,
    );
  });
}
