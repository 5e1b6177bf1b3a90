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
 * A name that is unique for the context and its file, because two files may have contexts with the same name. Different
 * spellings of the same path give the same name.
 */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
