import type { Change } from '../change/change.ts';
import { isBranch, isEmpty, isList, type Tree, valuesAt } from '../change/tree.ts';
import { derived, texts } from './look.ts';
import type { Look, Pair } from './rule.ts';

const type = 'kubernetes_network_policy_v1';

/** The findings show this word in place of a peer if a permission applies to every peer. */
export const anyPeer = 'anyone';

/** The permissions of a network policy: which peer may connect to which port. */
export function allowances(direction: 'ingress' | 'egress'): Look {
  return derived(`each peer and port in \`spec.${direction}\` of \`${type}\``, (change) =>
    change.type === type ? pairs(change, direction) : [],
  );
}

function pairs({ before, after }: Change, direction: 'ingress' | 'egress'): readonly Pair[] {
  const fresh = [
    ...permissions(after, direction),
    ...(before && after ? lost(before, after, direction) : []),
  ];
  return texts(permissions(before, direction), fresh, ['spec', direction]);
}

/** Traffic of pods that the new network policy no longer restricts. */
function lost(before: Tree, after: Tree, direction: 'ingress' | 'egress'): readonly string[] {
  if (!restricts(before, direction)) return [];
  const everything = `${direction === 'ingress' ? 'from' : 'to'} ${anyPeer}, every port`;
  if (!restricts(after, direction)) return [everything];
  const selected = (tree: Tree) => valuesAt(tree, 'spec.pod_selector').map(labelsOf).join();
  // An empty selector selects every pod.
  return selected(after) !== '' && selected(after) !== selected(before)
    ? [`${everything} of pods with ${selected(before) || 'other labels'}`]
    : [];
}

/** Without `policy_types`, a policy restricts ingress. It restricts egress only if it has egress rules. */
function restricts(policy: Tree, direction: 'ingress' | 'egress'): boolean {
  const types = valuesAt(policy, 'spec.policy_types');
  return types.length > 0
    ? types.some((type) => String(type).toLowerCase() === direction)
    : direction === 'ingress' || valuesAt(policy, 'spec.egress').length > 0;
}

function permissions(tree: Tree | undefined, direction: 'ingress' | 'egress'): readonly string[] {
  const preposition = direction === 'ingress' ? 'from' : 'to';
  return valuesAt(tree, `spec.${direction}`).flatMap((rule) => {
    const peers = childrenOf(rule, preposition).map(peerText);
    const ports = childrenOf(rule, 'ports').map(portText);
    return (peers.length > 0 ? peers : [anyPeer]).flatMap((peer) =>
      (ports.length > 0 ? ports : ['every port']).map((port) => `${preposition} ${peer}, ${port}`),
    );
  });
}

function childrenOf(tree: Tree, key: string): readonly Tree[] {
  const child = isBranch(tree) ? tree[key] : undefined;
  if (isList(child)) return child;
  return isEmpty(child) || child === undefined ? [] : [child];
}

function peerText(peer: Tree): string {
  const ranges = valuesAt(peer, 'ip_block').map((block) => {
    const except = valuesAt(block, 'except').map(String);
    return `${valuesAt(block, 'cidr').join()}${except.length > 0 ? ` except ${except.join(', ')}` : ''}`;
  });
  const part = (kind: 'namespace' | 'pod') =>
    valuesAt(peer, `${kind}_selector`).map((selector) => {
      const labels = labelsOf(selector);
      return labels === '' ? `every ${kind}` : `${kind}s with ${labels}`;
    });
  const text = [...ranges, ...part('namespace'), ...part('pod')].join(', ');
  return text === '' ? anyPeer : text;
}

function labelsOf(selector: Tree): string {
  const [labels] = valuesAt(selector, 'match_labels');
  const expressions = valuesAt(selector, 'match_expressions').map((expression) => JSON.stringify(expression));
  const exact = isBranch(labels)
    ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`)
    : [];
  return [...exact, ...expressions].join(' and ');
}

function portText(port: Tree): string {
  if (!isBranch(port) || isEmpty(port.port)) return 'every port';
  const { port: number, end_port: end, protocol } = port;
  return `port ${String(number)}${isEmpty(end) ? '' : `–${String(end)}`}/${String(protocol ?? 'TCP')}`;
}
