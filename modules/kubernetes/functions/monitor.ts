import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { SourceName } from '../../../sources/index.ts';
import { certificate, type IssuerRef, scrapeTls } from '../certificates.ts';
import { scrapedByCentral } from '../monitor-labels.ts';
import { clusterRelabelings } from '../relabelings.ts';
import { monitorLimit } from '../scrape-limits.ts';

export const metricsPort = 'https';

export function functionLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'prometheus-platform' };
}

export interface FunctionManifestsProps {
  readonly namespace: string;
  readonly name: string;
  readonly tlsSecret: string;
  readonly source: SourceName;
  /** Labels of every scraped series, not labels of the Kubernetes objects. */
  readonly labels?: ClusterLabels;
  /** @default the CA of the platform */
  readonly issuer?: IssuerRef;
}

/** Custom resources for a Helm release. Terraform cannot plan a custom resource before its CRD exists. */
export function functionManifests(props: FunctionManifestsProps): object[] {
  const { namespace, name, tlsSecret, issuer } = props;
  const tls = certificate({ secretName: tlsSecret, namespace, services: [name], ...(issuer && { issuer }) });
  return [tls, serviceMonitor(props)];
}

function serviceMonitor({
  namespace,
  name,
  tlsSecret,
  source,
  labels,
}: FunctionManifestsProps): IServiceMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name, namespace, labels: { ...functionLabels(name), ...scrapedByCentral } },
    spec: {
      ...monitorLimit(source),
      selector: { matchLabels: functionLabels(name) },
      endpoints: [
        {
          port: metricsPort,
          scheme: 'https',
          tlsConfig: scrapeTls(tlsSecret, name, namespace),
          ...(labels && { relabelings: clusterRelabelings(labels) }),
        },
      ],
    },
  };
}
