import { HelmProvider, type HelmProviderKubernetes } from '@cdktf/provider-helm/lib/provider/index.js';
import {
  KubernetesProvider,
  type KubernetesProviderConfig,
} from '@cdktf/provider-kubernetes/lib/provider/index.js';
import type { Construct } from 'constructs';

/** The Kubernetes and Helm providers of one cluster. */
export interface ClusterConnection {
  readonly kubernetes: KubernetesProvider;
  readonly helm: HelmProvider;
}

/** Access with a kubeconfig file, for example to kind, k3d, minikube, GKE or EKS. */
export interface KubeconfigAccess {
  /** A name of `kubectl config get-contexts`. */
  readonly context: string;
  /**
   * Terraform expands `~`.
   * @default '~/.kube/config'
   */
  readonly path?: string;
}

/** Access to an AKS cluster with a login in Entra. */
export interface EntraAccess {
  readonly host: string;
  /** CA certificate of the cluster, in PEM. */
  readonly caCertificate: string;
}

/** Application id of the AKS API servers in Entra, equal in every tenant. */
const aksServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630';

/** @param alias alias of the providers, unique in the stack; absent for the first cluster */
export function kubeconfigConnection(
  scope: Construct,
  id: string,
  access: KubeconfigAccess,
  alias?: string,
): ClusterConnection {
  const settings = { configPath: access.path ?? '~/.kube/config', configContext: access.context };
  return providers(scope, id, settings, settings, alias);
}

/** Connects with the Azure CLI session of the caller. The Terraform state contains no credentials. */
export function entraConnection(
  scope: Construct,
  id: string,
  access: EntraAccess,
  alias?: string,
): ClusterConnection {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'kubelogin',
    // In CI, `AAD_LOGIN_METHOD=workloadidentity` replaces `azurecli`
    // (https://azure.github.io/kubelogin/concepts/login-modes.html).
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
