import { canonicalGrouping, type Grouping, storedGroupPath } from '../../metrics/push-group.ts';
import { jobs } from '../../sources/index.ts';
import { type Check, type Finding, fail, pass } from '../check.ts';
import type { PushedGroup, PushgatewayApi } from '../pushgateway-api.ts';

const check = 'Pushgateway groups are distinct';

/** Checks that no two groups of the Pushgateway have the same series in Prometheus. */
export const pushGroups: Check = async ({ prometheus, pushgateway }) => {
  const gateway = await pushgateway();
  const [groups, targets] = await Promise.all([
    gateway.groups(),
    // If Prometheus does not answer, checks/targets.ts reports the error.
    prometheus.targets().catch(() => []),
  ]);
  const added = targets.find(({ labels }) => labels.job === jobs.pushgateway)?.labels ?? {};
  const found = collisions(groups, added);
  if (found.length > 0) return found.map((collision) => failure(collision, added, gateway));
  const latent = groups.filter(({ labels }) => Object.values(labels).includes(''));
  const note =
    latent.length === 0 ? '' : `; a later push without the empty label would collide with ${names(latent)}`;
  return [pass(check, `${groups.length} ${groups.length === 1 ? 'group' : 'groups'}${note}`)];
};

interface Collision {
  readonly groups: readonly PushedGroup[];
  readonly metrics: readonly string[];
}

/** @param added labels that the scrape adds */
function collisions(groups: readonly PushedGroup[], added: Grouping): Collision[] {
  const owners = new Map<string, { readonly name: string; readonly groups: PushedGroup[] }>();
  for (const group of groups) {
    for (const { name, labels } of group.series) {
      const key = JSON.stringify([name, canonicalGrouping({ ...added, ...labels })]);
      const series = owners.get(key) ?? { name, groups: [] };
      series.groups.push(group);
      owners.set(key, series);
    }
  }
  const found = new Map<string, { readonly groups: PushedGroup[]; readonly metrics: Set<string> }>();
  for (const { name, groups } of owners.values()) {
    if (groups.length === 1) continue;
    const distinct = [...new Set(groups)];
    const key = names(distinct);
    const collision = found.get(key) ?? { groups: distinct, metrics: new Set() };
    collision.metrics.add(name);
    found.set(key, collision);
  }
  return [...found.values()].map(({ groups, metrics }) => ({ groups, metrics: [...metrics].sort() }));
}

function failure({ groups, metrics }: Collision, added: Grouping, gateway: PushgatewayApi): Finding {
  const redundant = groups.filter(({ labels }) =>
    Object.entries(labels).some(([name, value]) => value === '' || (name !== 'job' && value === added[name])),
  );
  const culprits = redundant.length > 0 ? redundant : groups;
  const commands = gateway.removal(culprits.map(({ labels }) => storedGroupPath(labels)));
  return fail(
    check,
    [
      `The push groups ${names(groups)} create the same series in Prometheus. Metrics of these series: ${metrics.join(', ')}. Expected each series in only one group.`,
      redundant.length > 0
        ? `  Delete ${names(culprits)} with these commands:`
        : '  Keep one of these groups, and delete the others. The commands delete each group:',
      ...commands.map((command) => `    ${command}`),
      `  Then correct the labels in every job that pushes ${names(culprits)}. Otherwise the next push creates the same series again.`,
    ].join('\n'),
  );
}

const names = (groups: readonly PushedGroup[]): string =>
  groups.map(({ labels }) => nameOf(labels)).join(' and ');

function nameOf({ job = '', ...labels }: Grouping): string {
  const pairs = Object.entries({ job, ...labels }).map(([name, value]) => `${name}=${printable(value)}`);
  return `{${pairs.join(', ')}}`;
}

/** Quotes a text and escapes invisible characters, which could change the terminal output. */
function printable(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
