import { HelmProvider, type HelmProviderKubernetes } from '@cdktf/provider-helm/lib/provider/index.js';
import {
  KubernetesProvider,
  type KubernetesProviderConfig,
} from '@cdktf/provider-kubernetes/lib/provider/index.js';
import type { Construct } from 'constructs';

/** The two providers of one cluster. A stack with edges in other clusters has several connections. */
export interface ClusterConnection {
  readonly kubernetes: KubernetesProvider;
  readonly helm: HelmProvider;
}

/** A cluster of a kubeconfig file: kind, k3d, minikube, GKE, EKS. */
export interface KubeconfigAccess {
  /** Name of the context in the output of `kubectl config get-contexts`. */
  readonly context: string;
  /**
   * Path of the kubeconfig file; Terraform expands `~`.
   * @default '~/.kube/config'
   */
  readonly path?: string;
}

/**
 * An AKS cluster without local accounts. A data source reads the address and the CA of the cluster; the caller's own
 * login is used.
 */
export interface EntraAccess {
  /** Address of the API server. */
  readonly host: string;
  /** CA certificate of the cluster, PEM. */
  readonly caCertificate: string;
}

/** The server application of every AKS cluster with Entra ID; a constant of Azure, not of a tenant. */
const aksServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630';

/** @param alias absent for the first cluster of the stack, otherwise unique in the stack */
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
 * Logs in by `kubelogin` with the caller's Azure CLI session. In CI `AAD_LOGIN_METHOD=workloadidentity` overrides the
 * argument (https://azure.github.io/kubelogin/concepts/login-modes.html). The synthesized JSON and the state contain no
 * token or key.
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
