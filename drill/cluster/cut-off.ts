import type { Change } from './change.ts';
import { fieldChange } from './field-change.ts';

/**
 * Removes every client from the NetworkPolicy of a Deployment, and replaces its pods. Most network plugins let an open
 * connection continue, and Prometheus keeps its connection open between two scrapes. A new pod has no open connection.
 */
export function cutOff({ namespace, name }: { readonly namespace: string; readonly name: string }): Change {
  const policy = `allow-${name}`;
  const blocked = fieldChange({
    kind: 'networkpolicy',
    namespace,
    name: policy,
    field: 'ingress',
    value: [],
    effect: `removes every client from the NetworkPolicy ${namespace}/${policy}, and replaces the pods of ${name}`,
  });
  return {
    ...blocked,
    needs: [...blocked.needs, { verb: 'list', resource: 'pods' }, { verb: 'delete', resource: 'pods' }],
    make: async (kubectl) => {
      await blocked.make(kubectl);
      await kubectl.removePods(namespace, `app.kubernetes.io/name=${name}`);
    },
  };
}
