import type { IAlertmanagerSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/AlertmanagerSpec';
import type { AlertOverrides } from '../../../config/alert-overrides.ts';
import { charts } from '../../../config/charts.ts';
import { credentialSecrets, services, tlsSecrets } from '../../../config/cluster-names.ts';
import type { AlertReceiver } from '../../../config/environment.ts';
import { signalAlerts } from '../../../config/signal-alerts.ts';
import { type InhibitRule, inhibitRulesFor } from '../../../rules/index.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { scrapeTls, serverName } from '../certificates.ts';
import { ofCentral, trustedNamespaces } from '../prometheus-operator/selection.ts';
import { type StorageSpec, storageSpec } from '../resources.ts';
import { monitorLimit } from '../scrape-limits.ts';
import { webTls } from '../web-tls.ts';
import type { AlertmanagerProps } from './props.ts';

/** A part of Alertmanager's configuration (https://prometheus.io/docs/alerting/latest/configuration/). */
interface AlertmanagerConfig {
  readonly route: Route;
  readonly inhibit_rules: readonly InhibitRule[];
  readonly receivers: readonly Receiver[];
}

interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly routes?: readonly Route[];
}

interface Notifier {
  readonly send_resolved: boolean;
}

interface Receiver {
  readonly name: string;
  readonly webhook_configs?: readonly (Notifier & { readonly url_file: string })[];
  readonly slack_configs?: readonly (Notifier & {
    readonly api_url_file: string;
    readonly channel: string;
    readonly text: string;
  })[];
  readonly msteamsv2_configs?: readonly (Notifier & { readonly webhook_url_file: string })[];
  readonly pagerduty_configs?: readonly (Notifier & { readonly routing_key_file: string })[];
  readonly email_configs?: readonly (Notifier & {
    readonly to: string;
    readonly from: string;
    readonly smarthost: string;
    readonly auth_username: string;
    readonly auth_password_file: string;
    readonly require_tls: true;
  })[];
}

export interface AlertmanagerValues {
  readonly networkPolicy: {
    readonly enabled: true;
    readonly additionalIngress: readonly {
      readonly from: readonly {
        readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
      }[];
      readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' }[];
    }[];
  };
  readonly serviceMonitor: AlertmanagerTls & { readonly sampleLimit: number };
  readonly config: AlertmanagerConfig;
  /** `scheme` and `tlsConfig`: Prometheus uses these settings to connect to Alertmanager. */
  readonly alertmanagerSpec: AlertmanagerTls &
    Pick<
      IAlertmanagerSpec,
      | 'alertmanagerConfigNamespaceSelector'
      | 'alertmanagerConfigSelector'
      | 'automountServiceAccountToken'
      | 'externalUrl'
      | 'resources'
      | 'retention'
      | 'secrets'
      | 'web'
    > & {
      readonly image: { readonly tag: string };
      readonly storage?: StorageSpec;
    };
}

interface AlertmanagerTls {
  readonly scheme: 'https';
  readonly tlsConfig: ReturnType<typeof scrapeTls>;
}

const noReceiver = 'null';

/** @param monitorNamespaces namespaces of other teams; their AlertmanagerConfigs are also used */
export function alertmanagerValues(
  { receivers, storage, senders }: AlertmanagerProps,
  monitorNamespaces: readonly string[] = [],
  overrides: AlertOverrides = {},
): AlertmanagerValues {
  const { name, namespace } = services.alertmanager;
  const tls = scrapeTls(tlsSecrets.alertmanager, name, namespace);
  return {
    networkPolicy: {
      enabled: true,
      additionalIngress: [
        {
          from: [{ 'app.kubernetes.io/name': 'grafana' }, ...(senders ? [senders] : [])].map(
            (matchLabels) => ({ podSelector: { matchLabels } }),
          ),
          ports: [{ port: sourcePorts.alertmanager, protocol: 'TCP' }],
        },
      ],
    },
    serviceMonitor: { ...monitorLimit('alertmanager'), scheme: 'https', tlsConfig: tls },
    config: alertmanagerConfig(receivers, overrides),
    alertmanagerSpec: {
      image: { tag: charts.kubePrometheusStack.images.alertmanager.tag },
      scheme: 'https',
      tlsConfig: tls,
      externalUrl: `https://${serverName(name, namespace)}:${sourcePorts.alertmanager}`,
      web: { tlsConfig: webTls(tlsSecrets.alertmanager) },
      retention: '120h',
      alertmanagerConfigSelector: ofCentral,
      alertmanagerConfigNamespaceSelector: trustedNamespaces(monitorNamespaces),
      automountServiceAccountToken: false,
      resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      ...(receivers.length > 0 && { secrets: [credentialSecrets.alertReceivers] }),
      ...(storage && { storage: storageSpec(storage) }),
    },
  };
}

function alertmanagerConfig(
  receivers: readonly AlertReceiver[],
  overrides: AlertOverrides,
): AlertmanagerConfig {
  return {
    route: {
      receiver: noReceiver,
      group_by: ['alertname', 'cluster', 'namespace'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
      routes: [
        { receiver: noReceiver, matchers: [`alertname =~ "${signalAlerts.join('|')}"`] },
        ...receivers.map((receiver) => ({
          receiver: receiver.name,
          matchers: [`severity =~ "${receiver.severities.join('|')}"`],
          continue: true,
        })),
      ],
    },
    inhibit_rules: [...inhibitRulesFor(overrides), ...stackInhibitRules],
    receivers: [{ name: noReceiver }, ...receivers.map(receiverConfig)],
  };
}

/** Copies of the chart's inhibition rules, because our own list replaces the chart's list. */
const stackInhibitRules: readonly InhibitRule[] = [
  {
    source_matchers: ['severity = critical'],
    target_matchers: ['severity =~ warning|info'],
    equal: ['namespace', 'alertname'],
  },
  {
    source_matchers: ['severity = warning'],
    target_matchers: ['severity = info'],
    equal: ['namespace', 'alertname'],
  },
  {
    source_matchers: ['alertname = InfoInhibitor'],
    target_matchers: ['severity = info'],
    equal: ['namespace'],
  },
];

/** By default, Alertmanager sends Slack messages that have a title but no text. */
const slackText = [
  '{{ range .Alerts }}{{ .Annotations.description }}',
  '{{ .Annotations.runbook_url }} {{ .Annotations.dashboard_url }}',
  '{{ end }}',
].join('\n');

function receiverConfig(receiver: AlertReceiver): Receiver {
  const { name } = receiver;
  const secret = `/etc/alertmanager/secrets/${credentialSecrets.alertReceivers}/${name}`;
  const notify = { send_resolved: true };
  switch (receiver.kind) {
    case 'webhook':
      return { name, webhook_configs: [{ ...notify, url_file: secret }] };
    case 'slack':
      return {
        name,
        slack_configs: [{ ...notify, api_url_file: secret, channel: receiver.channel, text: slackText }],
      };
    case 'teams':
      return { name, msteamsv2_configs: [{ ...notify, webhook_url_file: secret }] };
    case 'pagerduty':
      return { name, pagerduty_configs: [{ ...notify, routing_key_file: secret }] };
    case 'email': {
      const { to, from, smarthost, username } = receiver;
      const login = { auth_username: username, auth_password_file: secret, require_tls: true as const };
      return { name, email_configs: [{ ...notify, to, from, smarthost, ...login }] };
    }
  }
}
