import { normalize } from 'node:path';

/** A context of a kubeconfig file. */
export interface Kubeconfig {
  readonly context: string;
  /**
   * Path of the file.
   * @default '~/.kube/config'
   */
  readonly path?: string;
}

/**
 * Name of a context together with its file, because two files can contain contexts with the same name. Different
 * spellings of the same path result in the same name.
 */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
