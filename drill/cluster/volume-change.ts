import { charts } from '../../config/charts.ts';
import type { Environment } from '../../config/environment.ts';
import { restrictedContainer, restrictedPod } from '../../config/pod-security.ts';
import type { Kubectl } from '../../verify/kubectl.ts';
import type { Change } from './change.ts';

export const drillVolume = 'drill-volume';

const mebibytes = 1024;
/** Namespaces with the Pod Security Standard `restricted` allow no root user. */
const user = 1000;

/** The pod writes 1 GiB. Endless writes could fill the disk of the node. */
export function filledVolume(
  { storageClass, images }: Pick<Environment, 'storageClass' | 'images'>,
  namespace: string,
): Change {
  const { registry, repository, tag } = charts.nats.images.nats;
  const metadata = { name: drillVolume, namespace };
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: `${mebibytes}Mi` } },
      ...(storageClass && { storageClassName: storageClass }),
    },
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: restrictedPod(user),
      containers: [
        {
          name: 'fill',
          image: `${images.mirror ?? registry}/${repository}:${tag}`,
          // `sleep` keeps the pod running. The kubelet reports free space only for volumes of running pods.
          command: ['sh', '-c', `dd if=/dev/zero of=/volume/fill bs=1M count=${mebibytes}; exec sleep 86400`],
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '256Mi' } },
          securityContext: restrictedContainer,
          volumeMounts: [{ name: 'volume', mountPath: '/volume' }],
        },
      ],
      volumes: [{ name: 'volume', persistentVolumeClaim: { claimName: drillVolume } }],
    },
  };
  return {
    namespace,
    effect: `creates the volume ${namespace}/${drillVolume} and fills it with 1 GiB`,
    needs: (['persistentvolumeclaims', 'pods'] as const).flatMap((resource) =>
      (['get', 'create', 'delete'] as const).map((verb) => ({ verb, resource })),
    ),
    make: async (kubectl: Kubectl) => {
      for (const [kind, manifest] of [
        ['persistentvolumeclaim', claim],
        ['pod', pod],
      ] as const) {
        if ((await kubectl.find(kind, namespace, drillVolume)) === undefined) await kubectl.create(manifest);
      }
    },
    undo: async (kubectl: Kubectl) => {
      await kubectl.remove('pod', namespace, drillVolume);
      await kubectl.remove('persistentvolumeclaim', namespace, drillVolume);
    },
  };
}
