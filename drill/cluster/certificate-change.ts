import { edgeClientSecret, platformCa } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import type { Kubectl } from '../../verify/kubectl.ts';
import type { Change } from './change.ts';

export const drillCertificate = edgeClientSecret('drill');

const resource = 'certificates.cert-manager.io';

export function shortCertificate(
  { certificates }: Pick<Environment, 'certificates'>,
  namespace: string,
): Change {
  const name = drillCertificate;
  const issuer = certificates.issuer ?? { name: platformCa.issuer, kind: 'ClusterIssuer' };
  const manifest = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace },
    spec: {
      secretName: name,
      issuerRef: { ...issuer },
      duration: '48h',
      renewBefore: '1h',
      privateKey: { algorithm: 'ECDSA', size: 256 },
      usages: ['digital signature', 'client auth'],
      dnsNames: ['drill.invalid'],
    },
  };
  return {
    namespace,
    effect: `issues the unused certificate ${namespace}/${name} for 48 hours`,
    needs: [
      ...(['get', 'create', 'delete'] as const).map((verb) => ({ verb, resource })),
      { verb: 'delete', resource: 'secrets' },
    ],
    make: async (kubectl: Kubectl) => {
      if ((await kubectl.find(resource, namespace, name)) === undefined) await kubectl.create(manifest);
    },
    undo: async (kubectl: Kubectl) => {
      // First remove the Certificate. Otherwise cert-manager would immediately replace the deleted Secret.
      await kubectl.remove(resource, namespace, name);
      await kubectl.remove('secret', namespace, name);
    },
  };
}
