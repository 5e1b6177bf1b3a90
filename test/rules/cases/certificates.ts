import { edgeClientSecret } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { certManagerMetrics } from '../../../metrics/definitions/cert-manager.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, series, steady } from '../case.ts';

const { ready, expiration, renewal } = certManagerMetrics;
const certificate = { namespace: 'nats', name: 'nats-tls' } as const;
const seen = { job: jobs.certManager, ...certificate } as const;
const day = 86_400;
const copied = { namespace: namespaces.monitoring, name: edgeClientSecret('branch') } as const;
const ofEdge = { job: jobs.certManager, ...copied } as const;

export const certificateCases: readonly AlertCase[] = [
  {
    alert: 'CertificateNotReady',
    when: 'cert-manager cannot issue a certificate, and the pod of cert-manager is replaced meanwhile',
    series: [
      series(ready, { ...seen, condition: 'True' }, steady(0)),
      series(ready, { ...seen, instance: 'old', condition: 'False' }, '1x20'),
      series(ready, { ...seen, instance: 'new', condition: 'False' }, '_x20 1x100'),
    ],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: certificate, value: 1 }],
  },
  {
    alert: 'CertificateNotReady',
    when: 'a certificate is ready after ten minutes',
    series: [
      series(ready, { ...seen, condition: 'True' }, '0x20 1x400'),
      series(ready, { ...seen, condition: 'False' }, '1x20 0x400'),
    ],
    at: '20m',
  },
  {
    alert: 'CertificateRenewalOverdue',
    when: 'the renewal of a certificate was due a day ago',
    series: [series(renewal, seen, steady(1))],
    step: '10m',
    at: '1d30m',
    notYet: '1d20m',
    fires: [{ labels: certificate, value: day + 1799 }],
  },
  {
    alert: 'CertificateRenewalOverdue',
    when: 'the renewal of one certificate has been due for an hour, and another renewal is due in a month',
    series: [
      series(renewal, seen, steady(1)),
      series(renewal, { ...seen, name: 'nats-exporter-tls' }, steady(30 * day)),
      series(renewal, { ...seen, name: 'never-issued' }, steady(0)),
    ],
    at: '1h',
  },
  {
    alert: 'CertificateExpiring',
    when: 'a certificate expires in six days, and its renewal was due long ago',
    series: [series(expiration, seen, steady(6 * day)), series(renewal, seen, steady(1))],
    at: '15m30s',
    notYet: '15m',
    fires: [{ labels: certificate, value: 6 * day - 930 }],
  },
  {
    alert: 'CertificateExpiring',
    when: 'one certificate expires in thirty days, another was never issued, and a third has a lifetime of a day',
    series: [
      series(expiration, seen, steady(30 * day)),
      series(renewal, seen, steady(1)),
      series(expiration, { ...seen, name: 'never-issued' }, steady(0)),
      series(renewal, { ...seen, name: 'never-issued' }, steady(0)),
      series(expiration, { ...seen, name: 'of-a-day' }, steady(day)),
      series(renewal, { ...seen, name: 'of-a-day' }, steady(0.7 * day)),
    ],
    at: '4h',
  },
  {
    alert: 'CertificateExpiring',
    when: 'the copied certificate of an edge expires in six days, and the renewal of the original is not due yet',
    series: [series(expiration, ofEdge, steady(6 * day)), series(renewal, ofEdge, steady(6 * day - 3600))],
    at: '15m',
    fires: [{ labels: copied, value: 6 * day - 900 }],
  },
  {
    alert: 'EdgeCertificateExpiring',
    when: 'the copied certificate of an edge expires in fifty days',
    series: [series(expiration, ofEdge, steady(50 * day)), series(renewal, ofEdge, steady(50 * day - 3600))],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: copied, value: 50 * day - 900 }],
  },
  {
    alert: 'EdgeCertificateExpiring',
    when: 'the copy of one edge is valid for a year, another edge has no certificate yet, and a certificate that cert-manager renews expires in thirty days',
    series: [
      series(expiration, ofEdge, steady(365 * day)),
      series(expiration, { ...ofEdge, name: edgeClientSecret('new') }, steady(0)),
      series(expiration, seen, steady(30 * day)),
    ],
    at: '1h',
  },
];
