import { remoteWriteListener, services, thanos } from '../../config/cluster-names.ts';
import type { Change } from '../change/change.ts';
import { isBranch, isList, type Tree, textAt, valuesAt } from '../change/tree.ts';
import { acceptedEdges, listenerConfig } from '../rules/listener.ts';
import { pairsAt } from '../rules/look.ts';
import { stack } from '../rules/parts.ts';
import { effectOf, type Touch } from './touch.ts';

/** The remote writes that a change affects, named `<writer> → <receiver>`. */
export function writesOf(change: Change): readonly Touch[] {
  return [...ofAgents(change), ...ofCentral(change), ...ofReceiver(change)];
}

function ofAgents({ objects, action }: Change): readonly Touch[] {
  return objects
    .filter(({ kind }) => kind === 'PrometheusAgent')
    .flatMap(({ namespace = '', before, after }) => {
      const writer = textAt(after ?? before, 'spec.externalLabels.cluster') ?? namespace;
      return writes(
        `edge ${writer}`,
        valuesAt(before, 'spec.remoteWrite'),
        valuesAt(after, 'spec.remoteWrite'),
        action,
      );
    });
}

function ofCentral({ release, action }: Change): readonly Touch[] {
  if (release?.name !== stack) return [];
  const path = 'prometheus.prometheusSpec.remoteWrite';
  return writes('central Prometheus', valuesAt(release.before, path), valuesAt(release.after, path), action);
}

function writes(
  writer: string,
  before: readonly Tree[],
  after: readonly Tree[],
  action: Change['action'],
): readonly Touch[] {
  return pairsAt(before, after, ['*'], [])
    .filter((pair) => action !== 'update' || JSON.stringify(pair.before) !== JSON.stringify(pair.after))
    .map(({ before: one, after: other, path }) => ({
      part: 'remote write',
      name: `${writer} → ${hostOf(other ?? one) ?? path.at(-1) ?? 'a receiver'}`,
      effect: effectOf({ before: one, after: other }),
    }));
}

function ofReceiver(change: Change): readonly Touch[] {
  const { objects, type, before, after, release, differences } = change;
  const configurations = objects.filter(({ kind, name }) => kind === 'ConfigMap' && name === listenerConfig);
  const [old, fresh] = [
    new Set(configurations.flatMap((object) => acceptedEdges(object.before))),
    new Set(configurations.flatMap((object) => acceptedEdges(object.after))),
  ];
  const host = services.prometheus.name;
  const touched =
    release?.name === stack &&
    differences.some(({ path }) => path[1] === 'prometheus' && path[2] === 'prometheusSpec');
  const accepted = [...new Set([...old, ...fresh])].flatMap((edge): Touch[] => {
    const effect = effectOf({
      before: old.has(edge) ? edge : undefined,
      after: fresh.has(edge) ? edge : undefined,
    });
    if (effect === 'changed' && !touched) return [];
    return [{ part: 'remote write', name: `edge ${edge} → ${host}`, effect }];
  });
  const policy =
    type === 'kubernetes_network_policy_v1' &&
    /prometheus|router/.test(textAt(after ?? before, 'metadata.name') ?? '');
  const opensListener =
    policy && [before, after].some((tree) => portsOf(tree).includes(String(remoteWriteListener.port)));
  return opensListener
    ? [
        ...accepted,
        { part: 'remote write', name: `all edges → ${receiverOf(after ?? before)}`, effect: 'changed' },
      ]
    : accepted;
}

function portsOf(tree: Tree | undefined): readonly string[] {
  return valuesAt(tree, 'spec.ingress.ports.port').map(String);
}

function receiverOf(policy: Tree | undefined): string {
  return textAt(policy, 'metadata.namespace') === thanos.namespace ? thanos.router : services.prometheus.name;
}

function hostOf(write: Tree | undefined): string | undefined {
  const url = isBranch(write) && !isList(write) ? write.url : undefined;
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname.split('.')[0] : undefined;
}
