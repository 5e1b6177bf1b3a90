import { normalize } from 'node:path';

export interface Kubeconfig {
  readonly context: string;
  /** @default '~/.kube/config' */
  readonly path?: string;
}

/**
 * Name of a context, with its file if the file is not `~/.kube/config`. Two files can contain contexts with equal
 * names.
 */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
