import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import type { AlertReceiver } from '../../../config/environment.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { RuleOptions } from '../../../rules/index.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Resources, Storage } from '../resources.ts';

export interface PrometheusProps {
  /** Of series that leave this Prometheus: to a long-term store, in alerts. */
  readonly externalLabels: ClusterLabels;
  readonly retention: {
    /** Prometheus duration, such as `10d`. */
    readonly time: string;
    /**
     * Such as `45GB`; must leave room in the volume for the write-ahead log.
     * @default none
     */
    readonly size?: string;
  };
  /** How late a sample may come: the longest outage of an edge that loses nothing. Prometheus duration. */
  readonly outOfOrderWindow: string;
  /**
   * Namespaces whose monitors, rules and Alertmanager configurations are selected, next to the platform's.
   * @default none
   */
  readonly monitorNamespaces?: readonly string[];
  readonly resources: Resources;
  /** @default none: everything is forgotten when the pod goes */
  readonly storage?: Storage;
  /** @default none: this Prometheus is the only store */
  readonly remoteWrite?: readonly IRemoteWriteSpec[];
  /** Client id of the Azure identity that the pods act as. @default none */
  readonly workloadIdentity?: string;
  /** Names of its certificate besides those of its Service. @default none */
  readonly extraDnsNames?: readonly string[];
  /** Edges that write through the remote-write listener. @default none, and no listener */
  readonly edges?: {
    /** Names of the edges, as in their client certificates. */
    readonly names: readonly string[];
    /** Sources of the edges' connections. */
    readonly peers: readonly Peer[];
  };
}

export interface AlertmanagerProps {
  readonly receivers: readonly AlertReceiver[];
  /** @default none: silences are forgotten when the pod goes */
  readonly storage?: Storage;
}

export interface GrafanaProps {
  /** @default none: what users save is forgotten when the pod goes */
  readonly storage?: Storage;
  /** @default none: by port-forward only */
  readonly ingress?: { readonly host: string; readonly className: string; readonly tlsSecret: string };
  /** What dashboards query in place of the central Prometheus; keeps its uid. @default the central Prometheus */
  readonly datasource?: { readonly url: string };
}

/** What a long-term engine changes at the central Prometheus and Grafana. Agents, rules and dashboards stay. */
export interface EngineSettings {
  readonly prometheus: Pick<PrometheusProps, 'remoteWrite' | 'workloadIdentity'>;
  readonly grafana: Pick<GrafanaProps, 'datasource'>;
}

export interface KubePrometheusStackProps extends ReleaseProps {
  readonly prometheus: PrometheusProps;
  readonly alertmanager: AlertmanagerProps;
  /** @default no Grafana */
  readonly grafana?: GrafanaProps;
  /** @default a certificate authority of the platform's own, made here */
  readonly issuer?: IssuerRef;
  /** Edges in other clusters; each gets a client certificate here, to be carried over. @default none */
  readonly remoteEdges?: readonly string[];
  /** Where alerts point to. @default paths without a host */
  readonly rules?: RuleOptions;
}
