import type { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { EdgeCluster, Environment, PlatformValues } from '../config/environment.ts';
import type { Kubeconfig } from '../config/kubeconfig.ts';
import type { Rule } from '../config/rule.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import type { EngineSettings } from '../modules/kubernetes/kube-prometheus-stack/props.ts';
import type { ObjectStore } from '../modules/kubernetes/object-store.ts';

/** Only `load` may import Terraform providers. */
export interface Platform<P extends PlatformValues> {
  readonly kind: P['kind'];
  /** Schema of the platform block of an environment. */
  readonly values: z.ZodType<P, P>;
  readonly offers: Offers;
  readonly rules: readonly Rule<Environment<P>>[];
  /** Names of each kind of resource. A name may occur only once in all environments together. */
  names(environment: Environment<P>): Readonly<Record<string, UniqueNames>>;
  stateInside(environment: Environment<P>, state: Environment['state']): readonly StateInside[];
  kubeconfig(platform: P): Kubeconfig;
  /** Commands that write the kubectl context of the central cluster. Undefined: the operator provides the context. */
  kubeconfigCommands?(platform: P): readonly (readonly string[])[];
  edgeKubeconfig(cluster: EdgeCluster): Kubeconfig;
  /** Unique name of the central cluster, in the format of `edgeClusterName`. */
  centralClusterName(platform: P): string;
  /** Unique name of an edge's cluster. Different spellings of a cluster or a path give the same name. */
  edgeClusterName(cluster: EdgeCluster, platform: P): string;
  /** Registry of the images of this project: its host and path. */
  imageRegistry(environment: Environment<P>): string;
  load(): Promise<PlatformConstructs<P>>;
}

/** Each text follows the words "only this platform provides". Example: "its workspace and identity". */
export interface Offers {
  readonly functionHosts: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly edgeClusters: Readonly<Record<string, string>>;
}

/**
 * A Terraform state that is stored in a resource of an environment.
 * The deletion of the environment would also delete the state.
 */
export interface StateInside {
  readonly setting: string;
  /** Name of the resource, such as the name of a storage account. */
  readonly value: string;
  /** Kind of the resource for the error message, such as `a storage account`. */
  readonly needed: string;
}

export interface UniqueNames {
  readonly names: readonly (string | undefined)[];
  readonly ignoresCase: boolean;
}

/** The stacks, constructs and settings that are different for each platform. */
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
  /** Returns the object store and its login, or undefined if the environment has no object store. */
  objectStore(scope: Construct, environment: Environment<P>, use: ObjectStoreUse): ObjectStore | undefined;
  /** Settings of an engine such as Azure Monitor. Undefined if the engine is Prometheus or Thanos. */
  managedEngine(scope: Construct, environment: Environment<P>): EngineSettings | undefined;
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
