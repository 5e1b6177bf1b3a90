import { certManagerMetrics } from '../metrics/definitions/cert-manager.ts';
import { pending } from '../metrics/duration.ts';
import { and, eq, gt, lt, max, not, select, sub, time } from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import type { RuleGroup } from './rule.ts';

const { ready, expiration, renewal } = certManagerMetrics;
const ofCertManager = { job: jobs.certManager } as const;
const certificate = ['namespace', 'name'] as const;
/** Seconds. */
const day = 86_400;
/** One that was never issued shows 0: it is told as not ready. */
const issued = (metric: typeof expiration | typeof renewal) =>
  gt(max(select(metric, ofCertManager), certificate), 0);

/** Whether the certificates that every listener in a cluster shows are renewed in time. */
export const certificateRules: RuleGroup = {
  name: 'certificates',
  only: 'production',
  alerting: [
    {
      alert: 'CertificateNotReady',
      expr: eq(max(select(ready, { ...ofCertManager, condition: not('True') }), certificate), 1),
      for: pending('15m'),
      severity: 'warning',
      summary: 'The certificate {{ $labels.name }} in {{ $labels.namespace }} is not ready.',
      description:
        'cert-manager could not issue {{ $labels.name }} in {{ $labels.namespace }}, or it has expired. A pod that mounts its Secret does not start while there is none.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'CertificateRenewalOverdue',
      expr: gt(sub(time(), issued(renewal)), day),
      for: pending('15m'),
      severity: 'warning',
      summary:
        'The certificate {{ $labels.name }} in {{ $labels.namespace }} was due {{ $value | humanizeDuration }} ago.',
      description:
        'cert-manager should have renewed {{ $labels.name }} in {{ $labels.namespace }} {{ $value | humanizeDuration }} ago and has not. It is good until it expires.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'CertificateExpiring',
      // Somebody's certificate of a day, renewed at noon, is in order.
      expr: and(lt(sub(issued(expiration), time()), 7 * day), gt(sub(time(), issued(renewal)), 0)),
      for: pending('15m'),
      severity: 'critical',
      summary:
        'The certificate {{ $labels.name }} in {{ $labels.namespace }} expires in {{ $value | humanizeDuration }}.',
      description:
        '{{ $labels.name }} in {{ $labels.namespace }} has {{ $value | humanizeDuration }} left. Then scrapes, pushes and remote writes by TLS to whoever shows it fail.',
      dashboard: 'pipeline-health',
    },
  ],
};
