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
    // Open connections can survive a change of the NetworkPolicy, but not the deletion of the pods.
    afterwards: (kubectl) => kubectl.removePods(namespace, `app.kubernetes.io/name=${name}`),
  });
  return {
    ...blocked,
    needs: [...blocked.needs, { verb: 'list', resource: 'pods' }, { verb: 'delete', resource: 'pods' }],
  };
}
