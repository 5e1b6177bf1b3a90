import { edgeClientSecret, edgeIssuer } from '../config/cluster-names.ts';
import { certManagerMetrics } from '../metrics/definitions/cert-manager.ts';
import { pending } from '../metrics/duration.ts';
import { and, eq, gt, lt, matching, max, not, or, select, sub, time } from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import { ruleGroup } from './rule.ts';
import { text } from './text.ts';
import { duration, limit } from './threshold.ts';

const { ready, expiration, renewal } = certManagerMetrics;
const ofCertManager = { job: jobs.certManager } as const;
const certificate = ['namespace', 'name'] as const;

const certificateThresholds = {
  /** CertificateRenewalOverdue fires if a renewal is late by more than this time. */
  overdue: duration({ production: '1d', laptop: '1d' }, '1h', '7d'),
  /** The alert CertificateExpiring fires only if a certificate expires in less than this time. */
  expiring: duration({ production: '7d', laptop: '7d' }, '1d', '21d'),
  /** The alert EdgeCertificateExpiring fires if the certificate of a remote edge expires within this time. */
  copyExpiring: duration({ production: '60d', laptop: '60d' }, '14d', '365d'),
} as const;

const ofRemoteEdges = {
  ...ofCertManager,
  name: matching([edgeClientSecret('.+'), edgeIssuer('.+')].join('|')),
} as const;

/** Leaves out certificates that were never issued. CertificateNotReady covers these certificates. */
const issued = (metric: typeof expiration | typeof renewal) =>
  gt(max(select(metric, ofCertManager), certificate), 0);

/** Alerts on certificates that are not ready, expire soon, or are not renewed in time. */
export const certificateRules = ruleGroup({
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
        'cert-manager could not issue the certificate {{ $labels.name }} in {{ $labels.namespace }}, the certificate has expired, or the certificate does not match its Certificate resource. While its Secret is missing, a pod that mounts the Secret does not start.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'CertificateRenewalOverdue',
      expr: gt(sub(time(), issued(renewal)), limit(certificateThresholds.overdue)),
      for: pending('15m'),
      severity: 'warning',
      thresholds: { overdue: certificateThresholds.overdue },
      summary:
        'The renewal of certificate {{ $labels.name }} in {{ $labels.namespace }} was due {{ $value | humanizeDuration }} ago.',
      description: text`cert-manager did not renew {{ $labels.name }} in {{ $labels.namespace }}, although the renewal was due {{ $value | humanizeDuration }} ago. The alert fires after ${certificateThresholds.overdue}. The certificate works until it expires.`,
      dashboard: 'pipeline-health',
    },
    {
      alert: 'CertificateExpiring',
      // A short-lived certificate is always near its expiry. The alert waits for the planned renewal.
      expr: and(
        lt(sub(issued(expiration), time()), limit(certificateThresholds.expiring)),
        // cert-manager renews the certificate of a remote edge one hour before the expiry.
        // The alert must not wait for this renewal.
        or(gt(sub(time(), issued(renewal)), 0), max(select(expiration, ofRemoteEdges), certificate)),
      ),
      for: pending('15m'),
      severity: 'critical',
      thresholds: { left: certificateThresholds.expiring },
      summary:
        'The certificate {{ $labels.name }} in {{ $labels.namespace }} expires in {{ $value | humanizeDuration }}.',
      description: text`The certificate {{ $labels.name }} in {{ $labels.namespace }} expires in {{ $value | humanizeDuration }}. The alert fires below ${certificateThresholds.expiring}. After the expiry, connections with this certificate fail, such as scrapes, pushes and remote writes.`,
      dashboard: 'pipeline-health',
    },
    {
      alert: 'EdgeCertificateExpiring',
      expr: lt(
        sub(gt(max(select(expiration, ofRemoteEdges), certificate), 0), time()),
        limit(certificateThresholds.copyExpiring),
      ),
      for: pending('15m'),
      severity: 'warning',
      thresholds: { left: certificateThresholds.copyExpiring },
      summary:
        'The copied certificate of an edge in another cluster expires in {{ $value | humanizeDuration }}: {{ $labels.name }}.',
      description: text`The certificate {{ $labels.name }} and its copy in the cluster of the edge expire in {{ $value | humanizeDuration }}. The alert fires below ${certificateThresholds.copyExpiring}. No program renews the copy. After the expiry, the receiver refuses every sample of the edge.`,
      dashboard: 'multi-cluster',
    },
  ],
});
