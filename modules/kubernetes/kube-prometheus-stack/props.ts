import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import type { AlertReceiver } from '../../../config/environment.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { RuleOptions } from '../../../rules/index.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Resources, Storage } from '../resources.ts';

export interface PrometheusProps {
  /** Labels that Prometheus adds to series when it sends them to a long-term store, and to alerts. */
  readonly externalLabels: ClusterLabels;
  readonly retention: {
    /** Time for which Prometheus keeps data, as a Prometheus duration such as `10d`. */
    readonly time: string;
    /**
     * Limit on the size of the blocks, such as `45GB`. The volume must also have room for the write-ahead log.
     * @default none
     */
    readonly size?: string;
  };
  /**
   * Maximum age of a sample when it arrives, as a Prometheus duration. An edge loses no samples in an outage that is
   * not longer than this time.
   */
  readonly outOfOrderWindow: string;
  /**
   * Other namespaces whose monitors, rules and Alertmanager configurations are also selected.
   * @default none
   */
  readonly monitorNamespaces?: readonly string[];
  readonly resources: Resources;
  /**
   * Volume for the data.
   * @default none: all data is deleted with the pod
   */
  readonly storage?: Storage;
  /**
   * Whether this Prometheus only scrapes and writes to an engine: it receives no samples and evaluates no rules.
   * @default false
   */
  readonly scrapesOnly?: boolean;
  /**
   * Whether this Prometheus sends no alert, because another engine evaluates the same rules and sends theirs.
   * @default false
   */
  readonly silent?: boolean;
  /**
   * Endpoints to which this Prometheus forwards its samples.
   * @default none: this Prometheus is the only store
   */
  readonly remoteWrite?: readonly IRemoteWriteSpec[];
  /**
   * Client id of the Azure identity that the pods use.
   * @default none
   */
  readonly workloadIdentity?: string;
  /**
   * Additional DNS names in the certificate of Prometheus.
   * @default none
   */
  readonly extraDnsNames?: readonly string[];
  /**
   * Edges that write through the remote-write listener.
   * @default none: there is no listener
   */
  readonly edges?: {
    /** Names of the edges. The client certificates contain the same names. */
    readonly names: readonly string[];
    /** Peers of the network policy from which the edges connect. */
    readonly peers: readonly Peer[];
  };
}

export interface AlertmanagerProps {
  readonly receivers: readonly AlertReceiver[];
  /**
   * Volume for silences.
   * @default none: silences are deleted with the pod
   */
  readonly storage?: Storage;
  /**
   * Labels of other pods in the same namespace that may send alerts. Prometheus may always send alerts.
   * @default none
   */
  readonly senders?: Readonly<Record<string, string>>;
}

export interface GrafanaProps {
  /**
   * Volume for data of Grafana's users.
   * @default none: this data is deleted with the pod
   */
  readonly storage?: Storage;
  /**
   * Ingress for users outside the cluster.
   * @default none: Grafana is reachable only by port-forward
   */
  readonly ingress?: { readonly host: string; readonly className: string; readonly tlsSecret: string };
  /**
   * Data source that the dashboards query. It gets the uid of the data source for the central Prometheus.
   * @default the central Prometheus
   */
  readonly datasource?: Datasource;
}

export interface Datasource {
  readonly url: string;
  /**
   * A Secret with a client certificate and the CA certificate, for a server that requires a client certificate.
   * @default none
   */
  readonly clientSecret?: string;
}

/** Changes of an engine to the central Prometheus, Alertmanager and Grafana. Rules and dashboards do not change. */
export interface EngineSettings {
  readonly prometheus: Pick<PrometheusProps, 'remoteWrite' | 'workloadIdentity' | 'scrapesOnly' | 'silent'>;
  readonly alertmanager?: Pick<AlertmanagerProps, 'senders'>;
  readonly grafana: Pick<GrafanaProps, 'datasource'>;
  /** Custom resources of the engine. @default none */
  readonly manifests?: readonly object[];
}

export interface KubePrometheusStackProps extends ReleaseProps {
  readonly prometheus: PrometheusProps;
  readonly alertmanager: AlertmanagerProps;
  /**
   * Settings of Grafana.
   * @default Grafana is not installed
   */
  readonly grafana?: GrafanaProps;
  /**
   * Issuer of the certificates.
   * @default the platform's own CA, created by this release
   */
  readonly issuer?: IssuerRef;
  /**
   * Names of the edges in other clusters. For each edge, this cluster issues a client certificate, and an operator
   * copies it to the edge.
   * @default none
   */
  readonly remoteEdges?: readonly string[];
  /** Custom resources of the engine, which the release also installs. @default none */
  readonly manifests?: readonly object[];
  /**
   * Options of the rules, such as the base URLs of links in alerts.
   * @default links are paths without a host
   */
  readonly rules?: RuleOptions;
  /**
   * Texts of the dashboards, by file name.
   * @default the generated files, with the declared thresholds
   */
  readonly dashboards?: Readonly<Record<string, string>>;
}
