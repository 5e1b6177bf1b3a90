import { edgeClientSecret, edgeIssuer } from '../../../config/cluster-names.ts';
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
const copiedCa = { ...copied, name: edgeIssuer('branch') } as const;
const caOfEdge = { job: jobs.certManager, ...copiedCa } as const;

const thirdParty = 'cert-manager-of-another-team';

export const certificateCases: readonly AlertCase[] = [
  {
    alert: 'CertificateNotReady',
    when: 'cert-manager cannot issue a certificate, and the pod of cert-manager is replaced meanwhile',
    series: [
      series(ready, { ...seen, condition: 'True' }, steady(0)),
      series(ready, { ...seen, instance: 'old', condition: 'False' }, '1x20'),
      series(ready, { ...seen, instance: 'new', condition: 'False' }, '_x20 1x100'),
      series(ready, { ...seen, instance: 'new', condition: 'Unknown' }, '_x20 0x100'),
    ],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: certificate, value: 1 }],
  },
  {
    alert: 'CertificateNotReady',
    when: 'a certificate is ready after ten minutes, and a program of another team reports a certificate that is not ready',
    series: [
      series(ready, { ...seen, job: thirdParty, name: 'shop', condition: 'False' }, steady(1)),
      series(ready, { ...seen, condition: 'True' }, '0x20 1x400'),
      series(ready, { ...seen, condition: 'False' }, '1x20 0x400'),
    ],
    at: '20m',
  },
  {
    alert: 'CertificateRenewalOverdue',
    when: 'the renewal of one certificate was due a day ago, a second was never issued, a new pod of cert-manager reports a later renewal of a third, and another team has an overdue certificate',
    series: [
      series(renewal, seen, steady(600)),
      series(renewal, { ...seen, name: 'never-issued' }, steady(0)),
      series(renewal, { ...seen, name: 'renewed', instance: 'old' }, steady(600)),
      series(renewal, { ...seen, name: 'renewed', instance: 'new' }, steady(30 * day)),
      series(renewal, { ...seen, job: thirdParty, name: 'shop' }, steady(600)),
    ],
    step: '10m',
    at: '1d40m',
    notYet: '1d30m',
    fires: [{ labels: certificate, value: day + 1800 }],
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
    when: 'a certificate expires in seven days after ten minutes, its renewal was due, and a program of another team reports later times',
    series: [
      series(expiration, seen, steady(7 * day + 600)),
      series(renewal, seen, steady(1)),
      series(expiration, { ...seen, job: thirdParty }, steady(80 * day)),
      series(renewal, { ...seen, job: thirdParty }, steady(50 * day)),
    ],
    at: '25m30s',
    notYet: '25m',
    fires: [{ labels: certificate, value: 7 * day - 930 }],
  },
  {
    alert: 'CertificateExpiring',
    when: 'two certificates expire in six days, and their renewals are due after 600 s and after 629 s',
    series: [
      series(expiration, seen, steady(6 * day)),
      series(renewal, seen, steady(600)),
      series(expiration, { ...seen, name: 'pushgateway-tls' }, steady(6 * day)),
      series(renewal, { ...seen, name: 'pushgateway-tls' }, steady(629)),
    ],
    at: '25m30s',
    notYet: '25m',
    fires: [
      { labels: certificate, value: 6 * day - 1530 },
      { labels: { ...certificate, name: 'pushgateway-tls' }, value: 6 * day - 1530 },
    ],
  },
  {
    alert: 'CertificateExpiring',
    when: 'a new pod of cert-manager reports later times than the old pod, the copy for an edge was never issued, and a certificate has no planned renewal',
    series: [
      series(expiration, { ...seen, instance: 'old' }, steady(3 * day)),
      series(expiration, { ...seen, instance: 'new' }, steady(80 * day)),
      series(renewal, { ...seen, instance: 'old' }, steady(1)),
      series(expiration, { ...seen, name: 'of-a-day' }, steady(day)),
      series(renewal, { ...seen, name: 'of-a-day', instance: 'old' }, steady(1)),
      series(renewal, { ...seen, name: 'of-a-day', instance: 'new' }, steady(0.7 * day)),
      series(expiration, ofEdge, steady(0)),
      series(expiration, { ...ofEdge, job: thirdParty }, steady(6 * day)),
      series(expiration, { ...seen, name: 'by-hand' }, steady(6 * day)),
      series(renewal, { ...seen, name: 'by-hand' }, steady(0)),
    ],
    at: '20m',
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
    when: 'the copied certificate of an edge expires in sixty days after ten minutes',
    series: [series(expiration, ofEdge, steady(60 * day + 600))],
    at: '25m30s',
    notYet: '25m',
    fires: [{ labels: copied, value: 60 * day - 930 }],
  },
  {
    alert: 'CertificateExpiring',
    when: 'the copied CA of an edge expires in six days, and the renewal of the original is not due yet',
    series: [
      series(expiration, caOfEdge, steady(6 * day)),
      series(renewal, caOfEdge, steady(6 * day - 3600)),
    ],
    at: '15m',
    fires: [{ labels: copiedCa, value: 6 * day - 900 }],
  },
  {
    alert: 'EdgeCertificateExpiring',
    when: 'the copied CA of an edge expires in fifty days',
    series: [series(expiration, caOfEdge, steady(50 * day))],
    at: '15m',
    fires: [{ labels: copiedCa, value: 50 * day - 900 }],
  },
  {
    alert: 'EdgeCertificateExpiring',
    when: 'the copy of one edge is valid for a year, another edge has no certificate yet, and a certificate that cert-manager renews expires in thirty days, like a certificate of another team',
    series: [
      series(expiration, { ...ofEdge, instance: 'new' }, steady(365 * day)),
      series(expiration, { ...ofEdge, instance: 'old' }, steady(50 * day)),
      series(expiration, { ...ofEdge, job: thirdParty, name: edgeClientSecret('shop') }, steady(30 * day)),
      series(expiration, { ...ofEdge, name: edgeClientSecret('new') }, steady(0)),
      series(expiration, seen, steady(30 * day)),
    ],
    at: '1h',
  },
];
