import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import type { AlertReceiver } from '../../../config/environment.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { RuleOptions } from '../../../rules/index.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Resources, Storage } from '../resources.ts';

export interface PrometheusProps {
  /** Labels of series that leave this Prometheus, to a long-term store or in alerts. */
  readonly externalLabels: ClusterLabels;
  readonly retention: {
    /** Prometheus duration, such as `10d`. */
    readonly time: string;
    /**
     * Size such as `45GB`; must leave room in the volume for the write-ahead log.
     * @default none
     */
    readonly size?: string;
  };
  /**
   * Greatest age of a sample at arrival: the longest outage after which an edge loses no samples. Prometheus duration.
   */
  readonly outOfOrderWindow: string;
  /**
   * Further namespaces whose monitors, rules and Alertmanager configurations are selected.
   * @default none
   */
  readonly monitorNamespaces?: readonly string[];
  readonly resources: Resources;
  /** @default none: all data is deleted with the pod */
  readonly storage?: Storage;
  /**
   * Whether this Prometheus only scrapes and writes to an engine: it receives no samples and evaluates no rules.
   * @default false
   */
  readonly scrapesOnly?: boolean;
  /** @default none: this Prometheus is the only store */
  readonly remoteWrite?: readonly IRemoteWriteSpec[];
  /** Client id of the Azure identity of the pods. @default none */
  readonly workloadIdentity?: string;
  /** Further names in its certificate. @default none */
  readonly extraDnsNames?: readonly string[];
  /** Edges that write through the remote-write listener. @default none; then there is no listener */
  readonly edges?: {
    /** Names of the edges, equal to those in their client certificates. */
    readonly names: readonly string[];
    /** Peers that the edges connect from. */
    readonly peers: readonly Peer[];
  };
}

export interface AlertmanagerProps {
  readonly receivers: readonly AlertReceiver[];
  /** @default none: silences are deleted with the pod */
  readonly storage?: Storage;
  /** Labels of pods in the same namespace that send alerts, next to Prometheus. @default none */
  readonly senders?: Readonly<Record<string, string>>;
}

export interface GrafanaProps {
  /** @default none: data of Grafana's users is deleted with the pod */
  readonly storage?: Storage;
  /** @default none: Grafana is reachable only by port-forward */
  readonly ingress?: { readonly host: string; readonly className: string; readonly tlsSecret: string };
  /** Data source of the dashboards, with the uid of the central Prometheus. @default the central Prometheus */
  readonly datasource?: Datasource;
}

export interface Datasource {
  readonly url: string;
  /** A Secret with a client certificate and the CA certificate, for a server that demands one. @default none */
  readonly clientSecret?: string;
}

/** Changes of an engine to the central Prometheus, Alertmanager and Grafana. Rules and dashboards do not change. */
export interface EngineSettings {
  readonly prometheus: Pick<PrometheusProps, 'remoteWrite' | 'workloadIdentity' | 'scrapesOnly'>;
  readonly alertmanager?: Pick<AlertmanagerProps, 'senders'>;
  readonly grafana: Pick<GrafanaProps, 'datasource'>;
  /** Custom resources of the engine. @default none */
  readonly manifests?: readonly object[];
}

export interface KubePrometheusStackProps extends ReleaseProps {
  readonly prometheus: PrometheusProps;
  readonly alertmanager: AlertmanagerProps;
  /** @default no Grafana */
  readonly grafana?: GrafanaProps;
  /** @default the platform's own CA, created by this release */
  readonly issuer?: IssuerRef;
  /**
   * Edges in other clusters; each gets a client certificate here, which an operator copies to the edge. @default none
   */
  readonly remoteEdges?: readonly string[];
  /** Custom resources of the engine, which the release also installs. @default none */
  readonly manifests?: readonly object[];
  /** Base URLs of the links in alerts. @default paths without a host */
  readonly rules?: RuleOptions;
}
