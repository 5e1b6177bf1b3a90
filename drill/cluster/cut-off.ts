import type { Change } from './change.ts';
import { fieldChange } from './field-change.ts';

/** Removes every client from the NetworkPolicy of a Deployment. */
export function cutOff({ namespace, name }: { readonly namespace: string; readonly name: string }): Change {
  const policy = `allow-${name}`;
  const blocked = fieldChange({
    kind: 'networkpolicy',
    namespace,
    name: policy,
    field: 'ingress',
    value: [],
    effect: `removes every client from the NetworkPolicy ${namespace}/${policy}, and replaces the pods of ${name}`,
    // A changed NetworkPolicy may leave connections open. New pods have no open connections.
    afterwards: (kubectl) => kubectl.removePods(namespace, `app.kubernetes.io/name=${name}`),
  });
  return {
    ...blocked,
    needs: [...blocked.needs, { verb: 'list', resource: 'pods' }, { verb: 'delete', resource: 'pods' }],
  };
}
