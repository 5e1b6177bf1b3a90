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
 * A kind of platform: its values, its checks, and how to reach its clusters. Importing it loads no Terraform provider,
 * because checks and `npm run verify` need it too; `load` imports the constructs.
 */
export interface Platform<P extends PlatformValues> {
  /** Value of `platform.kind`. */
  readonly kind: P['kind'];
  /** Schema of the platform block of an environment. */
  readonly values: z.ZodType<P, P>;
  /** Choices that only some platforms offer. */
  readonly offers: Offers;
  /** Checks that no field can make alone. */
  readonly rules: readonly Rule<Environment<P>>[];
  /** Names that no two resources may share, within an environment or among several, by the kind of resource. */
  names(environment: Environment<P>): Readonly<Record<string, UniqueNames>>;
  /** Settings of `state` that name a resource of the environment itself: a destroy would delete the state. */
  stateInside(environment: Environment<P>, state: Environment['state']): readonly StateInside[];
  /** The context by which kubectl reaches the central cluster. */
  kubeconfig(platform: P): Kubeconfig;
  /** One name for the central cluster, equal to `edgeClusterName` of the same cluster. */
  centralClusterName(platform: P): string;
  /** One name for the cluster of an edge, however its values are spelled. */
  edgeClusterName(cluster: EdgeCluster, platform: P): string;
  /** Host and path of the registry of our own images. */
  imageRegistry(environment: Environment<P>): string;
  /** Imports the constructs, and with them the Terraform providers. */
  load(): Promise<PlatformConstructs<P>>;
}

/** Values of settings that need a certain platform, each with the resources that the platform provides for it. */
export interface Offers {
  readonly functionHosts: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly edgeClusters: Readonly<Record<string, string>>;
}

export interface StateInside {
  /** Field of `state`. */
  readonly setting: string;
  readonly value: string;
  /** What the state needs instead, such as `an account`. */
  readonly needed: string;
}

export interface UniqueNames {
  readonly names: readonly (string | undefined)[];
  /** Whether names that differ in case alone are one name. */
  readonly ignoresCase: boolean;
}

/** What a platform adds to the stacks of an environment. */
export interface PlatformConstructs<P extends PlatformValues> {
  /** Stacks that make what the cluster needs; deployed first. */
  stacksBefore(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Stacks that run outside the cluster; deployed last. */
  stacksAfter(app: App, environment: Environment<P>): readonly TerraformStack[];
  /** Sets where Terraform keeps the state of a stack. */
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
  /** The object store of the environment, usable by one service account; undefined where it has none. */
  objectStore(scope: Construct, environment: Environment<P>, use: ObjectStoreUse): ObjectStore | undefined;
  /** Settings of the central Prometheus for an engine that the platform runs itself; undefined for all other engines. */
  managedEngine(scope: Construct, environment: Environment<P>): EngineSettings | undefined;
  /** Settings that make the Service of a load balancer internal, at a fixed address. */
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
  /** The annotations of the environment, where the platform has none of its own. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ExternalPushers {
  /** IPv4 ranges that the clients connect from. */
  readonly ranges: readonly string[];
  /** Names by which the clients address the Pushgateway. */
  readonly dnsNames: readonly string[];
}
