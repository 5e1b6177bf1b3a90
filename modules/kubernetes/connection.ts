import { HelmProvider, type HelmProviderKubernetes } from '@cdktf/provider-helm/lib/provider/index.js';
import {
  KubernetesProvider,
  type KubernetesProviderConfig,
} from '@cdktf/provider-kubernetes/lib/provider/index.js';
import type { Construct } from 'constructs';

/** The two providers of one cluster. A stack holds several where an edge lives in a cluster of its own. */
export interface ClusterConnection {
  readonly kubernetes: KubernetesProvider;
  readonly helm: HelmProvider;
}

/** A cluster that a kubeconfig file already knows: kind, k3d, minikube, GKE, EKS. */
export interface KubeconfigAccess {
  /** Name of the context, as `kubectl config get-contexts` shows it. */
  readonly context: string;
  /**
   * Path of the kubeconfig file; Terraform expands `~`.
   * @default '~/.kube/config'
   */
  readonly path?: string;
}

/** An AKS cluster with local accounts off: its address and authority are read back, the login is the caller's own. */
export interface EntraAccess {
  /** Address of the API server. */
  readonly host: string;
  /** The cluster's certificate authority in PEM. */
  readonly caCertificate: string;
}

/** The application that every AKS cluster with Entra ID trusts as its server; a constant of Azure, not of a tenant. */
const aksServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630';

/** @param alias absent for the stack's first cluster, the edge's name for any other. */
export function kubeconfigConnection(
  scope: Construct,
  id: string,
  access: KubeconfigAccess,
  alias?: string,
): ClusterConnection {
  const settings = { configPath: access.path ?? '~/.kube/config', configContext: access.context };
  return providers(scope, id, settings, settings, alias);
}

/**
 * Logs in by `kubelogin` with the caller's Azure CLI session; in CI `AAD_LOGIN_METHOD=workloadidentity` wins over the
 * argument (https://azure.github.io/kubelogin/concepts/login-modes.html). No token or key reaches the synthesized JSON
 * or the state.
 */
export function entraConnection(
  scope: Construct,
  id: string,
  access: EntraAccess,
  alias?: string,
): ClusterConnection {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'kubelogin',
    args: ['get-token', '--login', 'azurecli', '--server-id', aksServerApplication],
  };
  const settings = { host: access.host, clusterCaCertificate: access.caCertificate };
  return providers(scope, id, { ...settings, exec: [exec] }, { ...settings, exec }, alias);
}

function providers(
  scope: Construct,
  id: string,
  kubernetes: KubernetesProviderConfig,
  helm: HelmProviderKubernetes,
  alias: string | undefined,
): ClusterConnection {
  const named = alias === undefined ? {} : { alias };
  return {
    kubernetes: new KubernetesProvider(scope, `${id}-kubernetes`, { ...kubernetes, ...named }),
    helm: new HelmProvider(scope, `${id}-helm`, { kubernetes: helm, ...named }),
  };
}
