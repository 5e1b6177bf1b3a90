import { agentPodLabel, namespaces } from '../../config/topology.ts';
import { type NamedSource, type SourceName, sourceList } from '../../sources/index.ts';
import type { Change } from '../change/change.ts';
import { isBranch, textAt, valuesAt } from '../change/tree.ts';
import { azureStores, certManager, nats, pushgateway, stack } from '../rules/parts.ts';
import { type Effect, effectOf } from './touch.ts';

export interface TouchedScrape {
  readonly job: string;
  readonly effect: Effect;
  /** Undefined if another team owns the scrape. */
  readonly source?: NamedSource;
}

/** Metric sources by Helm release. `key` is a top-level key of the chart values, or `*` for all. */
const ofReleases: Readonly<Record<string, readonly { readonly key: string; readonly source: SourceName }[]>> =
  {
    [stack]: [
      { key: 'prometheus', source: 'prometheus' },
      { key: 'alertmanager', source: 'alertmanager' },
      { key: 'prometheus-node-exporter', source: 'nodeExporter' },
      { key: 'kube-state-metrics', source: 'kubeStateMetrics' },
      { key: 'prometheusOperator', source: 'operator' },
    ],
    [pushgateway]: [{ key: '*', source: 'pushgateway' }],
    [certManager.release]: [{ key: '*', source: 'certManager' }],
  };

const named = (name: SourceName) => sourceList.find((source) => source.name === name);

export function scrapesOf(change: Change): readonly TouchedScrape[] {
  return [...ofRelease(change), ...ofObjects(change), ...ofWorkload(change), ...ofPlace(change)];
}

function ofRelease(change: Change): readonly TouchedScrape[] {
  const { release } = change;
  if (!release) return [];
  const parts =
    release.name === nats
      ? [
          {
            key: '*',
            source: release.namespace === namespaces.nats ? 'natsExporter' : 'edgeNatsExporter',
          } as const,
        ]
      : Object.hasOwn(ofReleases, release.name)
        ? (ofReleases[release.name] ?? [])
        : [];
  return parts.flatMap(({ key, source }) => {
    const found = named(source);
    return found && touches(change, key)
      ? [{ ...inNamespace(found, release.namespace), effect: effectOf(change) }]
      : [];
  });
}

/** Whether a change of a Helm release can affect the top-level chart value `key`. */
function touches({ action, differences, objects }: Change, key: string): boolean {
  if (action !== 'update') return true;
  return differences.some(({ path }) => {
    const [root = '', first = ''] = path;
    return (
      (root === 'release' && first === 'version') ||
      (root === 'values' &&
        (key === '*' ? !objects.some((object) => overlap(path, object.path)) : first === key))
    );
  });
}

function overlap(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((part, index) => part === other[index]);
}

function inNamespace(source: NamedSource, namespace: string): Omit<TouchedScrape, 'effect'> {
  return { job: source.job.replace(`${source.namespace}/`, `${namespace}/`), source };
}

function ofObjects({ objects }: Change): readonly TouchedScrape[] {
  return objects.flatMap(({ kind, namespace = '', name, before, after }) => {
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const effect = effectOf({ before, after });
    if (kind === 'ServiceMonitor') return [{ ...bySourceName(name), effect }];
    if (kind !== 'PodMonitor' && kind !== 'PrometheusAgent') return [];
    const agent = named('prometheusAgent');
    const known = agent && name === agent.job.split('/')[1] ? { source: agent } : {};
    return [{ job: `${namespace}/${name}`, ...known, effect }];
  });
}

function ofWorkload(change: Change): readonly TouchedScrape[] {
  const { type, before, after } = change;
  if (!/^kubernetes_(deployment|stateful_set|service|network_policy)_v1$/.test(type)) return [];
  const shown = after ?? before;
  const policy = type === 'kubernetes_network_policy_v1';
  const names = policy
    ? valuesAt(shown, 'spec.pod_selector.match_labels').flatMap((labels) =>
        isBranch(labels) ? [labels['app.kubernetes.io/name'], labels.app] : [],
      )
    : [textAt(shown, 'metadata.name')];
  const namespace = textAt(shown, 'metadata.namespace') ?? '';
  return names.flatMap((name) => {
    const source = typeof name === 'string' ? sourceOf(name, namespace) : undefined;
    return source
      ? [{ ...inNamespace(source, namespace), effect: policy ? 'changed' : effectOf(change) }]
      : [];
  });
}

function sourceOf(name: string, namespace: string): NamedSource | undefined {
  if (name === agentPodLabel.app) return named('prometheusAgent');
  if (name === nats) return named(namespace === namespaces.nats ? 'natsExporter' : 'edgeNatsExporter');
  return sourceList.find(
    (source) => source.namespace === namespace && [source.program.name, source.job].includes(name),
  );
}

function ofPlace({ type, action, before }: Change): readonly TouchedScrape[] {
  if (action !== 'destroy' && action !== 'replace') return [];
  const namespace = type === 'kubernetes_namespace_v1' ? textAt(before, 'metadata.name') : undefined;
  return sourceList
    .filter((source) => type === azureStores.cluster || source.namespace === namespace)
    .map((source) => ({ job: source.job, source, effect: 'removed' }));
}

function bySourceName(job: string): Omit<TouchedScrape, 'effect'> {
  const source = sourceList.find((candidate) => candidate.job === job);
  return { job, ...(source && { source }) };
}
