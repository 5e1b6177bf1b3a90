import { normalize } from 'node:path';

export interface Kubeconfig {
  readonly context: string;
  /**
   * Path of the file.
   * @default '~/.kube/config'
   */
  readonly path?: string;
}

/**
 * Identity of a context: its name and its file, because two files can contain contexts with the same name. Different
 * spellings of a path give the same identity.
 */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
