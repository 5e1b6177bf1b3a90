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
 * A kind of platform: its values, its checks, and the connections to its clusters. Checks and `npm run verify` also
 * import this module; therefore only `load` imports the constructs and their Terraform providers.
 */
export interface Platform<P extends PlatformValues> {
  /** Value of `platform.kind`. */
  readonly kind: P['kind'];
  /** Schema of the environment's platform block. */
  readonly values: z.ZodType<P, P>;
  /** Values of settings that only some platforms support. */
  readonly offers: Offers;
  /** Rules that read more than one field of an environment. */
  readonly rules: readonly Rule<Environment<P>>[];
  /** Names that must be unique in all environments, grouped by kind of resource. */
  names(environment: Environment<P>): Readonly<Record<string, UniqueNames>>;
  /**
   * Settings of `state` that name a resource that the environment itself creates. A destroy of the environment would
   * delete such a state.
   */
  stateInside(environment: Environment<P>, state: Environment['state']): readonly StateInside[];
  /** The kubeconfig context with which kubectl connects to the central cluster. */
  kubeconfig(platform: P): Kubeconfig;
  /** The kubeconfig context with which kubectl connects to an edge's cluster. */
  edgeKubeconfig(cluster: EdgeCluster): Kubeconfig;
  /** A unique name of the central cluster, equal to `edgeClusterName` of the same cluster. */
  centralClusterName(platform: P): string;
  /** A unique name of an edge's cluster. Different notations of the same cluster give the same name. */
  edgeClusterName(cluster: EdgeCluster, platform: P): string;
  /** Host and path of the registry that holds the project's own images. */
  imageRegistry(environment: Environment<P>): string;
  /** Imports the constructs and the Terraform providers. */
  load(): Promise<PlatformConstructs<P>>;
}

/**
 * Values of settings that this platform supports. Each value has a text that names the resources that the platform
 * provides.
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
  /** What the setting must name instead, such as `an account`. */
  readonly needed: string;
}

export interface UniqueNames {
  readonly names: readonly (string | undefined)[];
  /** Whether two names are equal if they differ only in case. */
  readonly ignoresCase: boolean;
}

/** The platform's part of an environment's stacks. */
export interface PlatformConstructs<P extends PlatformValues> {
  /** Stacks that create the cluster or resources that the cluster needs. They are deployed first. */
  stacksBefore(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Stacks that run outside the cluster. They are deployed last. */
  stacksAfter(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Sets the location of the Terraform state of a stack. */
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
  /**
   * The environment's object store and its access for one program; undefined if the environment has no object store.
   */
  objectStore(scope: Construct, environment: Environment<P>, use: ObjectStoreUse): ObjectStore | undefined;
  /** Settings of the central Prometheus if the engine is a service of the platform; otherwise undefined. */
  managedEngine(scope: Construct, environment: Environment<P>): EngineSettings | undefined;
  /** Annotations and fields that make a load balancer internal, with a fixed address. */
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
  /** Annotations from the environment. The platform uses them only if it has no annotations of its own. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ExternalPushers {
  /** IPv4 ranges of the clients. */
  readonly ranges: readonly string[];
  /** DNS names of the Pushgateway that the clients connect to. */
  readonly dnsNames: readonly string[];
}
