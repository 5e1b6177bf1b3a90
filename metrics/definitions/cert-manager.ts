import { defineMetrics } from '../definition.ts';

const labels = ['name', 'namespace', 'issuer_name', 'issuer_kind', 'issuer_group'] as const;

/** Metrics of each Certificate. The label `namespace` is the namespace of the Certificate. */
export const certManagerMetrics = defineMetrics({
  ready: {
    name: 'certmanager_certificate_ready_status',
    type: 'gauge',
    unit: 'boolean',
    help: '1 for the current status of the condition Ready of the Certificate: True, False or Unknown.',
    labels: ['condition', ...labels],
  },
  expiration: {
    name: 'certmanager_certificate_expiration_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time at which the certificate expires.',
    labels,
  },
  renewal: {
    name: 'certmanager_certificate_renewal_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time at which the renewal of the certificate is due.',
    labels,
  },
});
