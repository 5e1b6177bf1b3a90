import { normalize } from 'node:path';

export interface Kubeconfig {
  readonly context: string;
  /** @default '~/.kube/config' */
  readonly path?: string;
}

/**
 * Name of a context. The result names the file too if it is not `~/.kube/config`, because two files can contain
 * contexts with equal names.
 */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
