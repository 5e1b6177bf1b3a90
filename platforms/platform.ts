import type { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { EdgeCluster, Environment, PlatformValues } from '../config/environment.ts';
import type { Kubeconfig } from '../config/kubeconfig.ts';
import type { Rule } from '../config/rule.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import type { EngineSettings } from '../modules/kubernetes/kube-prometheus-stack/props.ts';
import type { ObjectStore } from '../modules/kubernetes/object-store.ts';

/**
 * A kind of platform. Only `load` may import the constructs (the classes that create Terraform resources), because the
 * constructs import Terraform providers. The checks of an environment, such as `rules`, do not call `load`, because these
 * checks must run without Terraform providers.
 */
export interface Platform<P extends PlatformValues> {
  readonly kind: P['kind'];
  /** Schema of the platform block of an environment. */
  readonly values: z.ZodType<P, P>;
  /**
   * Values of settings that this platform supports, but that some other platforms do not support. Example: the engine
   * `azure-monitor`.
   */
  readonly offers: Offers;
  readonly rules: readonly Rule<Environment<P>>[];
  /**
   * Names of resources, grouped by the kind of the resource. A name may occur only once in all environments together.
   */
  names(environment: Environment<P>): Readonly<Record<string, UniqueNames>>;
  /**
   * `state` says where an environment stores its Terraform state, for example in which storage account. Returns the
   * settings in `state` whose value is the name of a resource that `environment` creates. Such a setting is a mistake:
   * if somebody destroys `environment`, Terraform also deletes the state.
   */
  stateInside(environment: Environment<P>, state: Environment['state']): readonly StateInside[];
  kubeconfig(platform: P): Kubeconfig;
  /**
   * Commands that write the kubectl context of the central cluster, such as `az aks get-credentials …`. Each command is
   * a list of words.
   * @default the context exists already
   */
  kubeconfigCommands?(platform: P): readonly (readonly string[])[];
  edgeKubeconfig(cluster: EdgeCluster): Kubeconfig;
  /** Unique name of the central cluster. If an edge uses this cluster, `edgeClusterName` returns the same name. */
  centralClusterName(platform: P): string;
  /** Unique name of an edge's cluster. Different spellings of the same cluster give the same name. */
  edgeClusterName(cluster: EdgeCluster, platform: P): string;
  /** Registry of the images of this project: its host and path. */
  imageRegistry(environment: Environment<P>): string;
  load(): Promise<PlatformConstructs<P>>;
}

/**
 * What a platform supports and some other platforms do not: hosts for functions, engines, and kinds of edge clusters. The
 * key is the name of the supported thing. The value says what the platform provides for this thing, and error messages
 * contain the value. Example: `engines: { 'azure-monitor': 'its workspace and identity' }`.
 */
export interface Offers {
  readonly functionHosts: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly edgeClusters: Readonly<Record<string, string>>;
}

/**
 * A mistake in the setting `state`. Example: `state.storageAccount` is the name of a storage account that Terraform creates
 * for one of the environments. If somebody destroys that environment, Terraform deletes the storage account. The
 * Terraform state in this storage account is then lost.
 */
export interface StateInside {
  readonly setting: string;
  /** Name of the resource, such as the name of a storage account. */
  readonly value: string;
  /** Kind of the resource, such as `a storage account`. The error message contains this text after the word `Use`. */
  readonly needed: string;
}

export interface UniqueNames {
  readonly names: readonly (string | undefined)[];
  readonly ignoresCase: boolean;
}

/** Parts of the stacks that depend on the platform. */
export interface PlatformConstructs<P extends PlatformValues> {
  /** Stacks with the cluster and its prerequisites. They are deployed first. */
  stacksBefore(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Stacks outside the cluster. They are deployed last. */
  stacksAfter(app: App, environment: Environment<P>): readonly TerraformStack[];
  stateBackend(stack: TerraformStack, environment: Environment<P>, name: string): void;
  connect(scope: Construct, environment: Environment<P>): ClusterConnection;
  /** @param alias alias of the Terraform providers, unique in the stack */
  connectEdge(
    scope: Construct,
    environment: Environment<P>,
    cluster: EdgeCluster,
    alias: string,
  ): ClusterConnection;
  /** The object store with access for one program; undefined without an object store. */
  objectStore(scope: Construct, environment: Environment<P>, use: ObjectStoreUse): ObjectStore | undefined;
  /**
   * Settings of an engine that the platform runs as a service, such as Azure Monitor. Undefined if Prometheus or Thanos
   * is the engine.
   */
  managedEngine(scope: Construct, environment: Environment<P>): EngineSettings | undefined;
  /**
   * Annotations and IP address for a Kubernetes Service of type `LoadBalancer`. The load balancer of this Service must be
   * internal and must have the fixed address `address.ip`. On the platform `existing`, the load balancer is internal only
   * if the annotations from the environment file make the load balancer internal.
   */
  internalLoadBalancer(
    environment: Environment<P>,
    address: InternalAddress,
  ): { readonly annotations: Readonly<Record<string, string>>; readonly ip?: string };
  /** Clients outside the cluster that push to the Pushgateway. */
  externalPushers(environment: Environment<P>): ExternalPushers;
}

export interface ObjectStoreUse {
  readonly connection: ClusterConnection;
  readonly namespace: string;
}

export interface InternalAddress {
  readonly ip: string;
  /** Annotations from the environment file. The platform `azure` ignores these annotations. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ExternalPushers {
  /** IPv4 ranges outside the central cluster from which clients may push to the Pushgateway. */
  readonly ranges: readonly string[];
  /** DNS names under which clients outside the central cluster reach the Pushgateway. */
  readonly dnsNames: readonly string[];
}
