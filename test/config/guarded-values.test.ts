import { describe, expect, it, onTestFinished } from 'vitest';
import { releaseNames } from '../../config/cluster-names.ts';
import { local } from '../../config/environments/index.ts';
import type { ChartValue, ExtraValues } from '../../config/extra-values.ts';
import { anywhere, type GuardedValue, guardedValues } from '../../config/guarded-values.ts';
import { problemsOf } from '../platforms/environment-values.ts';

const listed = (extraValues: ExtraValues) => problemsOf({ ...local, charts: { extraValues } });

/** @param path keys, separated by spaces */
function nested(path: string, value: ChartValue): Record<string, ChartValue> {
  const keys = path.split(' ');
  return keys.reduceRight((inner, key) => ({ [key]: inner }), value) as Record<string, ChartValue>;
}

const stack = 'kube-prometheus-stack';

const refused: [release: keyof ExtraValues, path: string, value: ChartValue, message: RegExp][] = [
  [stack, 'prometheusOperator tls enabled', false, /TLS of a listener/],
  [stack, 'prometheus serviceMonitor tlsConfig insecureSkipVerify', true, /accepts any certificate/],
  [stack, 'kubeEtcd serviceMonitor scheme', 'http', /connects without TLS/],
  ['cert-manager', 'extraArgs', ['--metrics-tls-min-version=VersionTLS10'], /TLS of a listener/],
  [stack, 'defaultRules rules general', false, /set alerting\.chartRules instead/],
  [stack, 'defaultRules disabled Watchdog', true, /set alerting\.chartRules instead/],
  [stack, 'grafana grafana.ini server protocol', 'http', /TLS of Grafana/],
  [stack, 'grafana grafana.ini auth.anonymous enabled', true, /protects logins/],
  [stack, 'grafana env GF_SERVER_PROTOCOL', 'http', /protects logins and connections/],
  ['nats', 'config websocket enabled', true, /listener without a certificate/],
  ['nats', 'config merge http_port', 8223, /listener without a certificate/],
  ['nats', 'config merge allow_non_tls', true, /TLS of a listener/],
  ['cert-manager', 'networkPolicy enabled', true, /only allow more/],
  ['airflow', 'networkPolicies enabled', true, /only allow more/],
  [stack, 'prometheus service type', 'LoadBalancer', /reachable from outside/],
  ['nats', 'service merge spec type', 'NodePort', /reachable from outside/],
  [stack, 'alertmanager service loadBalancerIP', '10.0.0.1', /reachable from outside/],
  ['pushgateway', 'ingress enabled', true, /reachable from outside/],
  [stack, 'prometheus route main enabled', true, /reachable from outside/],
  ['airflow', 'ingress apiServer enabled', true, /reachable from outside/],
  [stack, 'prometheus prometheusSpec hostNetwork', true, /access to its node/],
  [stack, 'prometheus prometheusSpec additionalRemoteWrite 0 messageVersion', 'V2.0', /remote write 2\.0/],
  ['nats', 'podTemplate merge spec hostPID', true, /access to its node/],
  ['airflow', 'scheduler containerSecurityContext readOnlyRootFilesystem', false, /security context/],
  [stack, 'prometheus prometheusSpec initContainers', [{ securityContext: {} }], /security context/],
  ['cert-manager', 'webhook automountServiceAccountToken', true, /rights that the container does not need/],
  [stack, 'global rbac createAggregateClusterRoles', true, /rights in the cluster/],
  [stack, 'prometheus prometheusSpec podMonitorSelectorNilUsesHelmValues', false, /which monitors and rules/],
  [stack, 'prometheus prometheusSpec ignoreNamespaceSelectors', true, /which monitors and rules/],
  [stack, 'prometheusOperator admissionWebhooks objectSelector', {}, /which namespaces/],
  [stack, 'coreDns serviceMonitor selector', {}, /which pods a monitor selects/],
  ['pushgateway', 'nameOverride', 'push', /renames objects/],
  [stack, 'kubelet serviceMonitor honorLabels', false, /changes labels by which alerts select/],
  ['pushgateway', 'serviceMonitor additionalLabels release', 'other', /selects monitors and rules/],
  [stack, 'commonLabels app.kubernetes.io/name', 'x', /network policies and selectors/],
  ['nats', 'statefulSet patch', [{ op: 'remove', path: '/spec' }], /no check reads patches/],
  ['nats', 'config merge $tplYaml', 'a: b', /no check reads patches/],
];

describe('a chart value that breaks a guarantee of the platform', () => {
  it.each(refused)('is rejected: %s %s = %j', (release, path, value, reason) => {
    const problems = listed({ [release]: nested(path, value) });
    expect(problems).toEqual([expect.stringMatching(reason)]);
    expect(problems[0]).toMatch(/^local\.charts\.extraValues[.[].*remove the key$/);
  });

  it('is rejected with its path in the error', () => {
    expect(listed({ [stack]: nested('grafana grafana.ini server protocol', 'http') })).toEqual([
      'local.charts.extraValues.kube-prometheus-stack.grafana["grafana.ini"].server.protocol cannot be set in extraValues: this value changes the TLS of Grafana; remove the key',
    ]);
  });
});

const pathText = ({ path }: GuardedValue) =>
  path.map((key) => (key === anywhere ? '*' : String(key))).join(' ');

it.each(guardedValues.map((entry) => [pathText(entry), entry] as const))(
  'guardedValues needs the entry "%s"',
  (_, entry) => {
    const entries = guardedValues as GuardedValue[];
    const index = entries.indexOf(entry);
    const own = refused.filter(([, , , reason]) => reason.test(entry.reason));
    entries.splice(index, 1);
    onTestFinished(() => void entries.splice(index, 0, entry));
    const accepted = own.filter(
      ([release, path, value]) => listed({ [release]: nested(path, value) }).length === 0,
    );
    expect(accepted).not.toEqual([]);
  },
);

describe('a chart value that weakens no protection', () => {
  it.each<[keyof ExtraValues, string, ChartValue]>([
    [stack, 'prometheus service type', 'ClusterIP'],
    [stack, 'prometheus prometheusSpec nodeSelector pool', 'monitoring'],
    [
      stack,
      'kubelet serviceMonitor metricRelabelings',
      [{ action: 'drop', sourceLabels: ['__name__'], regex: 'x' }],
    ],
    [stack, 'alertmanager config route group_wait', '30s'],
    [stack, 'grafana grafana.ini auth.generic_oauth enabled', true],
    [stack, 'commonLabels team', 'payments'],
    [
      stack,
      'prometheus prometheusSpec affinity podAntiAffinity x labelSelector matchLabels app',
      'prometheus',
    ],
    ['nats', 'config merge max_payload', 4_194_304],
    ['cert-manager', 'extraArgs', ['--dns01-recursive-nameservers-only']],
    ['airflow', 'ingress web enabled', false],
  ])('is accepted in extraValues: chart %s, value %s = %j', (release, path, value) => {
    expect(listed({ [release]: nested(path, value) })).toEqual([]);
  });
});

describe('the check of extraValues', () => {
  it('rejects the name of a release that does not exist', () => {
    expect(listed({ natz: {} } as never)).toEqual([
      `local.charts.extraValues.natz is not a valid name, expected the name of a release: ${releaseNames.join(', ')}`,
    ]);
  });

  it.each([['text'], [[1]], [{ a: () => 1 }], [{ a: { b: Number.NaN } }], [{ a: new Date(0) }]])(
    'rejects %o, because the values of a release must be a JSON object',
    (values) => {
      expect(listed({ nats: values } as never)).toEqual([
        expect.stringMatching(/^local\.charts\.extraValues\.nats .*expected an object of values, such as/),
      ]);
    },
  );
});
