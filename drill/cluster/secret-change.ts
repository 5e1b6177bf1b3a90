import * as z from 'zod';
import { type Kubectl, KubectlError } from '../../verify/kubectl.ts';
import type { Change } from './change.ts';

const secret = z.object({ type: z.string().optional(), data: z.record(z.string(), z.string()) });

const broken = Buffer.from('broken by npm run drill\n').toString('base64');

/** Breaks the value of one key in a Secret. A second Secret stores the original values. */
export function brokenCopy({
  namespace,
  name,
  key,
  edge,
}: {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
  readonly edge: string;
}): Change {
  const backup = `${name}-drill-original`;
  const read = async (kubectl: Kubectl, which: string) => {
    const object = await kubectl.find('secret', namespace, which);
    return object === undefined ? undefined : secret.parse(object);
  };
  return {
    namespace,
    edge,
    effect: `breaks ${key} in the Secret ${namespace}/${name} of the edge ${edge}`,
    needs: (['get', 'patch', 'create', 'delete'] as const).map((verb) => ({ verb, resource: 'secrets' })),
    make: async (kubectl) => {
      if ((await read(kubectl, backup)) === undefined) {
        const original = await read(kubectl, name);
        if (!original) {
          throw new KubectlError(
            `The cluster of the edge ${edge} has no Secret ${namespace}/${name} with a copied client certificate. Copy the certificate (docs/add-an-edge.md), and start the drill again.`,
          );
        }
        await kubectl.create({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: backup, namespace },
          ...original,
        });
      }
      await kubectl.patch('secret', namespace, name, { data: { [key]: broken } });
    },
    undo: async (kubectl) => {
      const original = await read(kubectl, backup);
      if (!original) return;
      // The patch must not contain a private key: all users of the machine can read the arguments of kubectl.
      await kubectl.patch('secret', namespace, name, { data: { [key]: original.data[key] ?? null } });
      await kubectl.remove('secret', namespace, backup);
    },
  };
}
