import { normalize } from 'node:path';

export interface Kubeconfig {
  readonly context: string;
  /** @default '~/.kube/config' */
  readonly path?: string;
}

/** The path distinguishes contexts with equal names in different files. */
export function contextOf({ context, path }: Kubeconfig): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}
