import type { clusters } from '../config/topology.ts';
import type { MetricDefinition } from '../metrics/definition.ts';

/** A program that Prometheus or an agent scrapes, on the laptop or in a cluster. */
export interface Source {
  /** The label `job`. A PodMonitor sets `<namespace>/<name>`. A ServiceMonitor usually sets the Service name. */
  readonly job: string;
  /** Regular expression for the label `job` in all clusters. Undefined if `job` is the same everywhere. */
  readonly jobsOfAllClusters?: string;
  readonly namespace: string;
  readonly scrapedBy: 'central' | 'agent';
  /**
   * Determines the label `cluster` of the series.
   * @default the central cluster
   */
  readonly cluster?: keyof typeof clusters;
  /** TCP port of the metrics endpoint, equal in a pod and on the laptop. Exception: the pods of an edge. */
  readonly port: number;
  readonly path: string;
  /**
   * Whether samples keep the labels `job` and `instance` of the exposition.
   * @default false
   */
  readonly honorLabels?: boolean;
  readonly runsOn: 'laptop-and-cluster' | 'cluster';
  /**
   * The source runs only with this engine.
   * @default every engine
   */
  readonly engine?: 'thanos';
  /**
   * Component that the program needs. Environments without the component do not run the program.
   * @default none
   */
  readonly needs?: 'object-store';
  readonly monitor: Monitor;
  readonly program: Program;
  /** The exposed metrics that rules or dashboards use. */
  readonly metrics: MetricSet;
  /** Expected number of series of one target. The number determines the sample limit. */
  readonly expectedSeries: number;
  /** Whether an alert fires for a missing, stopped or slow target. */
  readonly watched: boolean;
}

export type MetricSet = Readonly<Record<string, MetricDefinition>>;

export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** Creator of the monitor: this project or the chart of the program. */
  readonly madeBy: 'platform' | 'chart';
  /**
   * Secret with the certificate of the metrics endpoint.
   * @default none
   */
  readonly tlsSecret?: string;
}

export type Program = ThirdPartyProgram | FunctionProgram;

/** A third-party program with a fixed version. `toolchain/` installs the program on the laptop. */
export interface ThirdPartyProgram {
  readonly kind: 'program';
  readonly name: string;
}

/** A function of this project. */
export interface FunctionProgram {
  readonly kind: 'function';
  /** Common name of the bundle, the image, the Deployment, the Service and the folder in `functions/`. */
  readonly name: string;
  /** Purpose of the function in one line, for the laptop pipeline and for a label of the image. */
  readonly description: string;
  /** The construct `Exporter` deploys only functions with the role `exporter`. A service needs its own construct. */
  readonly role: 'exporter' | 'service';
  /**
   * API that an exporter calls.
   * @default none
   */
  readonly upstream?: Upstream;
  /**
   * Environment variables of the function on the laptop.
   * @default none
   */
  readonly laptopEnv?: Readonly<Record<string, string>>;
}

export interface Upstream {
  readonly url: string;
  /** Environment variable that replaces `url`. */
  readonly setting: string;
}
