import { normalize } from 'node:path';

/** A context of a kubeconfig file. */
export interface Kubeconfig {
  readonly context: string;
  /** @default '~/.kube/config' */
  readonly path?: string;
}

/**
 * A unique name of a context, independent of the spelling of the file's path. Two files may have contexts with the same
 * name.
 */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
