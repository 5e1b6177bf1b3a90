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
 * A kind of platform: its values, its checks, and the connections to its clusters. Importing it loads no Terraform
 * provider, because checks and `npm run verify` also need it; `load` imports the constructs.
 */
export interface Platform<P extends PlatformValues> {
  /** Value of `platform.kind`. */
  readonly kind: P['kind'];
  /** Schema of the platform block of an environment. */
  readonly values: z.ZodType<P, P>;
  /** Choices that only some platforms offer. */
  readonly offers: Offers;
  /** Checks that need more than one field. */
  readonly rules: readonly Rule<Environment<P>>[];
  /** Names that must be unique within an environment and across environments, by the kind of resource. */
  names(environment: Environment<P>): Readonly<Record<string, UniqueNames>>;
  /** Settings of `state` that name a resource of the environment itself. A destroy would delete such a state. */
  stateInside(environment: Environment<P>, state: Environment['state']): readonly StateInside[];
  /** The kubeconfig context with which kubectl connects to the central cluster. */
  kubeconfig(platform: P): Kubeconfig;
  /** The kubeconfig context with which kubectl connects to an edge's cluster. */
  edgeKubeconfig(cluster: EdgeCluster): Kubeconfig;
  /** A unique name of the central cluster, equal to `edgeClusterName` of the same cluster. */
  centralClusterName(platform: P): string;
  /** A unique name of an edge's cluster, independent of the notation of its values. */
  edgeClusterName(cluster: EdgeCluster, platform: P): string;
  /** Host and path of the registry that holds the project's own images. */
  imageRegistry(environment: Environment<P>): string;
  /** Imports the constructs and the Terraform providers. */
  load(): Promise<PlatformConstructs<P>>;
}

/** Values of settings that need this platform, each with the resources that the platform provides for the value. */
export interface Offers {
  readonly functionHosts: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly edgeClusters: Readonly<Record<string, string>>;
}

export interface StateInside {
  /** Field of `state`. */
  readonly setting: string;
  readonly value: string;
  /** What the setting needs instead, such as `an account`. */
  readonly needed: string;
}

export interface UniqueNames {
  readonly names: readonly (string | undefined)[];
  /** Whether names that differ only in case are the same name. */
  readonly ignoresCase: boolean;
}

/** What a platform adds to the stacks of an environment. */
export interface PlatformConstructs<P extends PlatformValues> {
  /** Stacks that create the cluster or resources that the cluster needs; deployed first. */
  stacksBefore(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Stacks that run outside the cluster; deployed last. */
  stacksAfter(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Sets the location of the Terraform state of a stack. */
  stateBackend(stack: TerraformStack, environment: Environment<P>, name: string): void;
  /** Connects a stack to the central cluster. */
  connect(scope: Construct, environment: Environment<P>): ClusterConnection;
  /** Connects a stack to the cluster of an edge. @param alias of the providers, unique in the stack */
  connectEdge(
    scope: Construct,
    environment: Environment<P>,
    cluster: EdgeCluster,
    alias: string,
  ): ClusterConnection;
  /** The object store of the environment for one service account; undefined if the environment has no object store. */
  objectStore(scope: Construct, environment: Environment<P>, use: ObjectStoreUse): ObjectStore | undefined;
  /**
   * Settings of the central Prometheus for an engine that is a service of the platform; undefined for all other
   * engines.
   */
  managedEngine(scope: Construct, environment: Environment<P>): EngineSettings | undefined;
  /** Annotations and fields that make a load balancer internal, with a fixed address. */
  internalLoadBalancer(
    environment: Environment<P>,
    address: InternalAddress,
  ): { readonly annotations: Readonly<Record<string, string>>; readonly ip?: string };
  /** Clients of the Pushgateway outside the cluster. */
  externalPushers(environment: Environment<P>): ExternalPushers;
}

export interface ObjectStoreUse {
  readonly connection: ClusterConnection;
  /** Namespace of the pods that read and write. */
  readonly namespace: string;
}

export interface InternalAddress {
  readonly ip: string;
  /** The annotations of the environment, if the platform has no annotations of its own. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ExternalPushers {
  /** IPv4 ranges that the clients connect from. */
  readonly ranges: readonly string[];
  /** Names by which the clients address the Pushgateway. */
  readonly dnsNames: readonly string[];
}
