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
 * A kind of platform: its values, its checks, and the connections to its clusters. Checks and `npm run verify` import
 * this module, but do not need the Terraform providers. Therefore only `load` imports the constructs and the providers.
 */
export interface Platform<P extends PlatformValues> {
  /** Value of `platform.kind`. */
  readonly kind: P['kind'];
  /** Schema of the platform block of an environment. */
  readonly values: z.ZodType<P, P>;
  /** Values of some settings that this platform supports, although not every platform does. */
  readonly offers: Offers;
  /** Rules that check several fields of an environment. */
  readonly rules: readonly Rule<Environment<P>>[];
  /** Names that must be unique in all environments, by kind of resource. */
  names(environment: Environment<P>): Readonly<Record<string, UniqueNames>>;
  /**
   * Settings of `state` that name a resource of the environment itself. A destroy of the environment would delete such
   * a state.
   */
  stateInside(environment: Environment<P>, state: Environment['state']): readonly StateInside[];
  /** kubeconfig context of the central cluster, for kubectl. */
  kubeconfig(platform: P): Kubeconfig;
  /**
   * Commands that write this context for the signed-in user, such as `az aks get-credentials …`. Each command is a list
   * of words.
   * @default the context exists already
   */
  kubeconfigCommands?(platform: P): readonly (readonly string[])[];
  /** kubeconfig context of the cluster of an edge, for kubectl. */
  edgeKubeconfig(cluster: EdgeCluster): Kubeconfig;
  /** Unique name of the central cluster. `edgeClusterName` returns the same name for the same cluster. */
  centralClusterName(platform: P): string;
  /** Unique name of the cluster of an edge. Different spellings of the same cluster result in the same name. */
  edgeClusterName(cluster: EdgeCluster, platform: P): string;
  /** Host and path of the registry for the images of this project. */
  imageRegistry(environment: Environment<P>): string;
  /** Imports the constructs and the Terraform providers. */
  load(): Promise<PlatformConstructs<P>>;
}

/**
 * Values of settings that this platform supports. The text of each value names the resources that the platform provides
 * for this value.
 */
export interface Offers {
  readonly functionHosts: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly edgeClusters: Readonly<Record<string, string>>;
}

export interface StateInside {
  /** Name of the field in `state`. */
  readonly setting: string;
  readonly value: string;
  /** Noun phrase for the remedy in the message, such as `an account`. */
  readonly needed: string;
}

export interface UniqueNames {
  readonly names: readonly (string | undefined)[];
  /** Whether names that differ only in case are equal. */
  readonly ignoresCase: boolean;
}

/** The part of the stacks that depends on the platform. */
export interface PlatformConstructs<P extends PlatformValues> {
  /** Stacks with the cluster, or with resources that the cluster needs. They are deployed first. */
  stacksBefore(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Stacks that run outside the cluster. They are deployed last. */
  stacksAfter(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Sets where Terraform stores the state of a stack. */
  stateBackend(stack: TerraformStack, environment: Environment<P>, name: string): void;
  /** Connects a stack to the central cluster. */
  connect(scope: Construct, environment: Environment<P>): ClusterConnection;
  /**
   * Connects a stack to the cluster of an edge.
   * @param alias alias of the Terraform providers, unique in the stack
   */
  connectEdge(
    scope: Construct,
    environment: Environment<P>,
    cluster: EdgeCluster,
    alias: string,
  ): ClusterConnection;
  /** The object store of the environment, and the access to it for one program; undefined without an object store. */
  objectStore(scope: Construct, environment: Environment<P>, use: ObjectStoreUse): ObjectStore | undefined;
  /** Settings of the central Prometheus for an engine that is a service of the platform; otherwise undefined. */
  managedEngine(scope: Construct, environment: Environment<P>): EngineSettings | undefined;
  /** Annotations and address of an internal load balancer with a fixed address. */
  internalLoadBalancer(
    environment: Environment<P>,
    address: InternalAddress,
  ): { readonly annotations: Readonly<Record<string, string>>; readonly ip?: string };
  /** Clients outside the cluster that push to the Pushgateway. */
  externalPushers(environment: Environment<P>): ExternalPushers;
}

export interface ObjectStoreUse {
  readonly connection: ClusterConnection;
  /** Namespace of the pods that use the object store. */
  readonly namespace: string;
}

export interface InternalAddress {
  readonly ip: string;
  /** Annotations from the environment. A platform with its own annotations ignores them. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ExternalPushers {
  /** IPv4 ranges of the clients. */
  readonly ranges: readonly string[];
  /** DNS names to which the clients connect to push. */
  readonly dnsNames: readonly string[];
}
