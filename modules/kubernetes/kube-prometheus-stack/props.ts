import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import type { AlertReceiver } from '../../../config/environment.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { RuleOptions } from '../../../rules/index.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Resources, Storage } from '../resources.ts';

export interface PrometheusProps {
  /** Prometheus adds these labels to alerts, and to samples for a long-term store. */
  readonly externalLabels: ClusterLabels;
  readonly retention: {
    /** A Prometheus duration, such as `10d`. */
    readonly time: string;
    /**
     * Maximum size of the blocks, such as `45GB`. The write-ahead log needs additional space.
     * @default none
     */
    readonly size?: string;
  };
  /** Maximum age of a received sample, such as `2h`. After a connection failure, edges send old samples. */
  readonly outOfOrderWindow: string;
  /**
   * Namespaces of other teams with monitors, rules and Alertmanager configurations.
   * @default none
   */
  readonly monitorNamespaces?: readonly string[];
  readonly resources: Resources;
  /** Volume of Prometheus. Without a volume, all data is deleted with the pod. */
  readonly storage?: Storage;
  /**
   * If true, Prometheus accepts no remote writes and evaluates no rules.
   * @default false
   */
  readonly scrapesOnly?: boolean;
  /**
   * If true, Prometheus sends no alerts, because a long-term engine sends them.
   * @default false
   */
  readonly silent?: boolean;
  /** @default none */
  readonly remoteWrite?: readonly IRemoteWriteSpec[];
  /**
   * Client id of the Azure identity of the pods.
   * @default none
   */
  readonly workloadIdentity?: string;
  /**
   * Additional DNS names in the server certificate of Prometheus.
   * @default none
   */
  readonly extraDnsNames?: readonly string[];
  /**
   * Edges that send samples to this Prometheus.
   * @default none: there is no remote-write listener
   */
  readonly edges?: {
    /** Names of the edges whose samples the listener accepts. */
    readonly names: readonly string[];
    readonly peers: readonly Peer[];
  };
}

export interface AlertmanagerProps {
  readonly receivers: readonly AlertReceiver[];
  /** @default none: silences are deleted with the pod */
  readonly storage?: Storage;
  /**
   * Labels of pods in the same namespace that may send alerts, in addition to Prometheus.
   * @default none
   */
  readonly senders?: Readonly<Record<string, string>>;
}

export interface GrafanaProps {
  /**
   * Volume for users, tokens and dashboards that people create.
   * @default none: the data is lost with the pod
   */
  readonly storage?: Storage;
  /** @default none: Grafana is reachable only by port-forward */
  readonly ingress?: { readonly host: string; readonly className: string; readonly tlsSecret: string };
  /** @default the central Prometheus */
  readonly datasource?: Datasource;
}

export interface Datasource {
  readonly url: string;
  /**
   * Name of the Secret with a client certificate and the CA certificate.
   * @default no client certificate
   */
  readonly clientSecret?: string;
}

export interface EngineSettings {
  readonly prometheus: Pick<PrometheusProps, 'remoteWrite' | 'workloadIdentity' | 'scrapesOnly' | 'silent'>;
  readonly alertmanager?: Pick<AlertmanagerProps, 'senders'>;
  readonly grafana: Pick<GrafanaProps, 'datasource'>;
  /** More Kubernetes objects in the Helm release. @default none */
  readonly manifests?: readonly object[];
}

export interface KubePrometheusStackProps extends ReleaseProps {
  readonly prometheus: PrometheusProps;
  readonly alertmanager: AlertmanagerProps;
  /** @default Grafana is not installed */
  readonly grafana?: GrafanaProps;
  /** @default the platform's own CA, created by this release */
  readonly issuer?: IssuerRef;
  /**
   * Names of edges. A person must copy the client certificate of each edge from this cluster to the edge.
   * @default none
   */
  readonly remoteEdges?: readonly string[];
  /** More Kubernetes objects that the Helm release installs. @default none */
  readonly manifests?: readonly object[];
  /**
   * Options of the alert rules and the recording rules.
   * @default the defaults of `RuleOptions`
   */
  readonly rules?: RuleOptions;
  /**
   * Dashboards as JSON texts. The keys are file names.
   * @default the files in the folder `dashboards`
   */
  readonly dashboards?: Readonly<Record<string, string>>;
}
