import type { IssuerRef } from '../certificates.ts';
import type { Resources } from '../resources.ts';

export interface OperatorValues {
  readonly networkPolicy: { readonly enabled: true };
  readonly resources: Resources;
  readonly prometheusConfigReloader: { readonly resources: Resources };
  readonly admissionWebhooks: {
    /** `Ignore` in the first install, whose rules arrive before the webhook does; `Fail` in every upgrade. */
    readonly failurePolicy: 'IgnoreOnInstallOnly';
    readonly patch: { readonly enabled: false };
    readonly certManager: {
      readonly enabled: true;
      readonly issuerRef: IssuerRef;
      readonly admissionCert: { readonly duration: string };
    };
  };
}

export function operatorValues(issuer: IssuerRef): OperatorValues {
  return {
    networkPolicy: { enabled: true },
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    prometheusConfigReloader: {
      resources: { requests: { cpu: '10m', memory: '48Mi' }, limits: { memory: '96Mi' } },
    },
    admissionWebhooks: {
      failurePolicy: 'IgnoreOnInstallOnly',
      // The chart's own way is a Job with another image, whose Secret outlives the release.
      patch: { enabled: false },
      certManager: { enabled: true, issuerRef: issuer, admissionCert: { duration: `${90 * 24}h` } },
    },
  };
}
