import { attributes, objects, releasesOf, resources, values } from './look.ts';
import {
  certManager,
  nats,
  operatorCrds,
  operatorVolume,
  operatorWorkloads,
  pushgateway,
  releasesWithCrds,
  releasesWithData,
  stack,
  statefulSet,
  volumeSizes,
} from './parts.ts';
import type { Pair, Rule } from './rule.ts';
import { always, becomes, changed, gone, larger, leaves, removed, smaller, switchedOff } from './when.ts';

const volumeClaim = 'kubernetes_persistent_volume_claim_v1';

const sizes = [
  ...Object.entries(volumeSizes).map(([release, paths]) => values([release], ...paths)),
  objects(operatorWorkloads, operatorVolume),
  attributes([statefulSet], 'spec.volume_claim_template.spec.resources.requests.storage'),
  attributes([volumeClaim], 'spec.resources.requests.storage'),
];

export const volumeRules: readonly Rule[] = [
  {
    id: 'volume-shrunk',
    tier: 'dangerous',
    concern: 'data',
    title: 'A volume gets smaller',
    looksAt: sizes,
    when: smaller,
    reason:
      'Kubernetes cannot shrink a volume claim. The deployment fails, or a new claim with the smaller size starts empty.',
    remedy:
      'Keep the size. To get a smaller volume, back up the data, create a new claim, and restore the data.',
  },
  {
    id: 'volume-grown',
    tier: 'review',
    concern: 'downtime',
    title: 'A volume gets larger',
    looksAt: sizes,
    when: larger,
    reason:
      'Kubernetes does not enlarge the claims of a StatefulSet, and rejects a changed size in the StatefulSet of NATS.',
    remedy: 'First change the claims (docs/change-an-environment.md#enlarge-a-volume), then deploy.',
  },
  {
    id: 'volume-removed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A volume is removed',
    looksAt: [
      values(
        [stack],
        'prometheus.prometheusSpec.storageSpec',
        'alertmanager.alertmanagerSpec.storage',
        'grafana.persistence.size',
      ),
      values([nats], 'config.jetstream.fileStore.pvc.size'),
      values([pushgateway], 'persistentVolume.size'),
      objects(operatorWorkloads, 'spec.storage'),
    ],
    when: (pair, change) => (change.action === 'update' ? removed(pair, change) : undefined),
    reason: 'Without a volume, all data of the pod is deleted when the pod restarts.',
    remedy: 'Keep the volume, or back up its data first.',
  },
  {
    id: 'volume-disabled',
    tier: 'irreversible',
    concern: 'data',
    title: 'Persistent storage is switched off',
    looksAt: [
      values([stack], 'grafana.persistence.enabled'),
      values([nats], 'config.jetstream.fileStore.enabled', 'config.jetstream.fileStore.pvc.enabled'),
      values([nats], 'config.jetstream.enabled'),
      values([pushgateway], 'persistentVolume.enabled'),
    ],
    when: switchedOff,
    reason: 'The pod starts with an empty directory, and loses its data with each restart.',
    remedy: 'Keep the setting, or back up the data first.',
  },
  {
    id: 'storage-class-changed',
    tier: 'dangerous',
    concern: 'data',
    title: 'The StorageClass of a volume changes',
    looksAt: [
      values(
        [stack],
        'prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.storageClassName',
        'alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.storageClassName',
        'grafana.persistence.storageClassName',
      ),
      values([nats], 'config.jetstream.fileStore.pvc.storageClassName'),
      values([pushgateway], 'persistentVolume.storageClass'),
      objects(operatorWorkloads, 'spec.storage.volumeClaimTemplate.spec.storageClassName'),
    ],
    when: changed,
    reason:
      'The StorageClass of a volume claim cannot change. A new claim gets the new class, but the new claim is empty.',
    remedy: 'Back up the data, delete the claim, deploy, and restore the data.',
  },
  {
    id: 'nats-becomes-cluster',
    tier: 'irreversible',
    concern: 'data',
    title: 'A single NATS server becomes a cluster',
    looksAt: [values([nats], 'config.cluster.enabled')],
    when: (pair, change) => (change.action === 'create' ? undefined : becomes(true)(pair, change)),
    reason:
      'The new cluster deletes the streams of the single server (measured: 1000 messages in a file stream).',
    remedy:
      'Back up each stream before the deployment, and restore each stream after the deployment (docs/change-an-environment.md#change-the-number-of-nats-servers).',
  },
  {
    id: 'nats-leaves-cluster',
    tier: 'irreversible',
    concern: 'data',
    title: 'A NATS cluster becomes a single server',
    looksAt: [values([nats], 'config.cluster.enabled')],
    when: (pair, change) => (change.action === 'update' ? leaves(true)(pair, change) : undefined),
    reason: 'After the change, the single NATS server does not have the streams of the NATS cluster.',
    remedy:
      'Back up each stream before the deployment, and restore each stream after the deployment (docs/change-an-environment.md#change-the-number-of-nats-servers).',
  },
  {
    id: 'stateful-set-replaced',
    tier: 'dangerous',
    concern: 'data',
    title: 'A StatefulSet is replaced',
    looksAt: [resources([statefulSet], 'replace')],
    when: always,
    reason:
      'All pods of the StatefulSet stop before the first new pod starts. A new name or a new claim template starts with empty volumes.',
    remedy:
      'Delete the StatefulSet without its pods (`kubectl delete statefulset --cascade=orphan`), then deploy.',
  },
  {
    id: 'stateful-set-destroyed',
    tier: 'dangerous',
    concern: 'data',
    title: 'A StatefulSet is destroyed',
    looksAt: [resources([statefulSet], 'destroy')],
    when: always,
    reason: 'The pods of the StatefulSet stop. Their volume claims remain, but no program reads the data.',
    remedy:
      'Confirm that no program needs the data on the volumes. Before you delete the volume claims, make a backup.',
  },
  {
    id: 'volume-claim-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A volume claim is destroyed or replaced',
    looksAt: [resources([volumeClaim], 'destroy', 'replace')],
    when: always,
    reason: 'Kubernetes deletes the disk and its data with the claim, unless the StorageClass retains disks.',
    remedy: 'Back up the data first, or remove the claim from the state and keep it.',
  },
  {
    id: 'namespace-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A namespace is deleted',
    looksAt: [resources(['kubernetes_namespace_v1'], 'destroy', 'replace')],
    when: always,
    reason: 'Kubernetes deletes everything in the namespace with it, also the volume claims and their data.',
    remedy:
      'Back up the volumes first (docs/destroy.md), or remove the namespace from the state and keep it.',
  },
  {
    id: 'release-destroyed',
    tier: 'dangerous',
    concern: 'data',
    title: 'A release with data is uninstalled',
    looksAt: [releasesOf(releasesWithData, 'destroy')],
    when: always,
    reason:
      'The pods stop and are deleted. Claims that belong to the chart, such as the claim of the Pushgateway, are deleted with it.',
    remedy: 'Back up the data, and confirm that no other stack uses the release.',
  },
  {
    id: 'release-replaced',
    tier: 'irreversible',
    concern: 'data',
    title: 'A release with data is installed again',
    looksAt: [releasesOf(releasesWithData, 'replace')],
    when: always,
    reason: 'Terraform uninstalls the release first. A new name or namespace starts with empty volumes.',
    remedy: 'Keep the name and the namespace, or move the data first.',
  },
  {
    id: 'pushgateway-persistence-off',
    tier: 'dangerous',
    concern: 'data',
    title: 'The Pushgateway no longer writes its groups to a file',
    looksAt: [values([pushgateway], 'extraArgs')],
    when: (pair) => missing(pair, '--persistence.file'),
    reason: 'A restart of the Pushgateway then deletes every pushed group until the next run of each job.',
    remedy: 'Keep the argument `--persistence.file`.',
  },
  {
    id: 'crds-uninstalled',
    tier: 'irreversible',
    concern: 'data',
    title: 'Custom resource definitions are removed',
    looksAt: [releasesOf(releasesWithCrds, 'destroy', 'replace')],
    when: always,
    reason:
      'Kubernetes deletes a custom resource definition together with all of its objects: monitors, rules, certificates. The annotation `helm.sh/resource-policy: keep` protects them only if it is still set.',
    remedy: 'Confirm the annotation with `kubectl get crd -o yaml`, or keep the release.',
  },
  {
    id: 'crds-unprotected',
    tier: 'dangerous',
    concern: 'data',
    title: 'Custom resource definitions lose their protection',
    looksAt: [
      values([operatorCrds], 'crds.annotations[helm.sh/resource-policy]'),
      values([certManager.release], 'crds.keep'),
    ],
    when: leaves('keep', true),
    reason: 'An uninstallation of the release then deletes all monitors, rules and certificates.',
    remedy: 'Keep the value.',
  },
  {
    id: 'agent-removed-with-buffer',
    tier: 'dangerous',
    concern: 'data',
    title: 'An agent of an edge is removed',
    looksAt: [objects(['PrometheusAgent'])],
    when: gone,
    reason: 'A removed agent cannot send the samples in its write-ahead log. These samples are lost.',
    remedy: 'Confirm that the receiver answers and that the queue is empty before the deployment.',
  },
];

function missing({ before, after }: Pair, argument: string): string | undefined {
  const has = (list: unknown) =>
    Array.isArray(list) && list.some((text) => typeof text === 'string' && text.startsWith(argument));
  return has(before) && after !== undefined && !has(after) ? `${argument} is removed` : undefined;
}
