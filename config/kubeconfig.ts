import { normalize } from 'node:path';

/** A context of a kubeconfig file. */
export interface Kubeconfig {
  readonly context: string;
  /** @default '~/.kube/config' */
  readonly path?: string;
}

/** One name for a context, however its file is spelled: two files may have contexts of the same name. */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
