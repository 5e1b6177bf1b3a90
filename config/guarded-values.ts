import { releases } from './topology.ts';

export type PathPattern = readonly (string | RegExp | typeof anywhere)[];

export const anywhere = Symbol('any number of keys');

/** Chart values that reduce security or alerts. An environment cannot set these values. */
export interface GuardedValue {
  /** Name of a Helm release. If undefined, the entry applies to every release. */
  readonly release?: string;
  /** Path of the chart value. The entry also applies to all values below this path. */
  readonly path: PathPattern;
  /** By default, the entry rejects every value. */
  readonly refuses?: (value: unknown) => boolean;
  /** Why the value is rejected, as the end of a sentence. Example: "changes the TLS of a listener". */
  readonly reason: string;
}

const unlessFalse = (value: unknown) => value !== false;

export const guardedValues: readonly GuardedValue[] = [
  {
    path: [
      anywhere,
      /^(tls|tlsCA|tlsSecret|kubeRBACProxy|metricsTLSConfig|min_tls_version|allow_non_tls|no_tls)$/,
    ],
    reason: 'changes the TLS of a listener',
  },
  {
    path: [anywhere, /^(insecureSkipVerify|tlsSkipVerify|tlsSkipVerifyInsecure|insecure_skip_verify)$/],
    refuses: unlessFalse,
    reason: 'accepts any certificate',
  },
  {
    path: [anywhere, 'messageVersion'],
    refuses: (value) => value !== 'V1.0',
    reason: 'sends remote write 2.0; Thanos answers 200 but does not store the samples',
  },
  {
    path: [anywhere, 'scheme'],
    refuses: (value) => String(value).toLowerCase() !== 'https',
    reason: 'connects without TLS',
  },
  {
    path: [anywhere, /args$/i, anywhere],
    refuses: (value) => typeof value === 'string' && /tls|web\.config|insecure/i.test(value),
    reason: 'changes the TLS of a listener',
  },
  {
    release: releases.kubePrometheusStack,
    path: ['defaultRules', /^(create|rules|disabled)$/],
    reason:
      'switches default rules off; set alerting.chartRules instead, because the platform then runs its own equivalent of the chart alert',
  },
  {
    path: [anywhere, 'grafana.ini', 'server', /^(protocol|cert.*)$/],
    reason: 'changes the TLS of Grafana',
  },
  {
    path: [anywhere, 'grafana.ini', /^(security|auth\.anonymous|auth\.proxy)$/],
    reason: 'changes how Grafana protects logins',
  },
  {
    path: [anywhere, /^GF_(SERVER_(PROTOCOL|CERT)|SECURITY_|AUTH_(ANONYMOUS|PROXY)_)/],
    reason: 'changes how Grafana protects logins and connections',
  },
  {
    release: releases.nats,
    path: ['config', /^(leafnodes|websocket|mqtt|gateway)$/, 'enabled'],
    refuses: unlessFalse,
    reason: 'opens a listener without a certificate and without a network policy',
  },
  {
    release: releases.nats,
    path: ['config', 'merge', /^(http|http_port|monitor_port|leafnodes|websocket|mqtt|gateway)$/],
    reason: 'opens a listener without a certificate and without a network policy',
  },
  {
    path: [anywhere, /^network_?polic(y|ies)$/i],
    reason: 'adds network policies, and an added network policy can only allow more traffic',
  },
  {
    path: [anywhere, /service(PerReplica)?$/i, anywhere, 'type'],
    refuses: (value) => value !== 'ClusterIP',
    reason: 'makes a listener reachable from outside the cluster',
  },
  {
    path: [anywhere, /^(loadBalancer|nodePort|externalIPs|hostPort)/],
    reason: 'makes a listener reachable from outside the cluster',
  },
  {
    path: [anywhere, /^((ingress|route)(PerReplica)?|listenerSet)$/, anywhere, 'enabled'],
    refuses: unlessFalse,
    reason: 'makes a listener reachable from outside the cluster; grafana.ingress opens Grafana',
  },
  {
    path: [anywhere, /^host(Network|PID|IPC|Path)$/],
    refuses: unlessFalse,
    reason:
      'gives a pod access to its node; network policies do not limit a pod that uses the network of its node',
  },
  {
    path: [anywhere, /securityContexts?$/i],
    reason: 'changes a security context',
  },
  {
    path: [anywhere, /^(privileged|allowPrivilegeEscalation|automountServiceAccountToken)$/],
    refuses: unlessFalse,
    reason: 'gives a container rights that the container does not need',
  },
  {
    path: [anywhere, /^(rbac|podSecurityPolicy)$/],
    reason: 'changes rights in the cluster',
  },
  {
    path: [
      anywhere,
      /^(serviceMonitor|podMonitor|probe|rule|scrapeConfig|alertmanagerConfig)(Namespace)?Selector(NilUsesHelmValues)?$/,
    ],
    reason: 'changes which monitors and rules Prometheus selects; central.monitorNamespaces adds namespaces',
  },
  {
    path: [anywhere, /^(ignoreNamespaceSelectors|(prometheus|alertmanager)Instance(Selector|Namespaces))$/],
    reason: 'changes which monitors and rules Prometheus selects; central.monitorNamespaces adds namespaces',
  },
  {
    path: [
      anywhere,
      /^(monitor|admissionWebhooks|validatingWebhookConfiguration|mutatingWebhookConfiguration)$/,
      /^(namespace|object)Selector$/,
    ],
    reason: 'changes which namespaces are selected',
  },
  {
    path: [anywhere, /^(service|pod)?monitor$/i, /^selector/],
    reason: 'changes which pods a monitor selects',
  },
  {
    path: [anywhere, /^(name|fullname|namespace|selector|jobName)Override$/],
    reason: 'renames objects that network policies, certificates and alerts refer to',
  },
  {
    path: [anywhere, /^(jobLabel|honorLabels|overrideHonorLabels|relabelings)$/],
    reason: 'changes labels by which alerts select series',
  },
  {
    path: [anywhere, /^(?!match).*labels$/i, 'release'],
    refuses: (value) => value !== releases.kubePrometheusStack,
    reason: 'changes the label by which the central Prometheus selects monitors and rules',
  },
  {
    path: [
      anywhere,
      /^(?!match).*labels$/i,
      /^(app|scraped-by|(app\.kubernetes|operator\.prometheus)\.io\/.*)$/,
    ],
    reason: 'changes a label that network policies and selectors use',
  },
  {
    release: releases.nats,
    path: [anywhere, /^(patch|\$tpl.*)$/],
    reason:
      'is a patch or a template; no check reads patches or templates; set plain values in the key `merge` instead',
  },
];
