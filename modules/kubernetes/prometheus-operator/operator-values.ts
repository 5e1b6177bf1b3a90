import type { IssuerRef } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { Selector } from './selection.ts';

export interface OperatorValues {
  readonly networkPolicy: { readonly enabled: true };
  readonly resources: Resources;
  readonly prometheusConfigReloader: { readonly resources: Resources };
  readonly admissionWebhooks: {
    /**
     * At the first install, the chart creates rules before the operator is ready. Therefore the webhook then has the
     * policy `Ignore`. At every upgrade, the policy is `Fail`.
     */
    readonly failurePolicy: 'IgnoreOnInstallOnly';
    readonly namespaceSelector: Selector;
    readonly certManager: {
      readonly enabled: true;
      readonly issuerRef: IssuerRef;
      readonly admissionCert: { readonly duration: string };
    };
  };
}

/**
 * The operator handles custom resources in every namespace, because an agent runs in the namespace of its edge.
 * @param validated namespaces in which the webhook of the operator checks rules and Alertmanager configurations. While the
 *   operator is down, the API server rejects changes of rules and Alertmanager configurations in these namespaces.
 *   Therefore `validated` must not contain a namespace whose rules the platform does not use.
 */
export function operatorValues(issuer: IssuerRef, validated: Selector): OperatorValues {
  return {
    networkPolicy: { enabled: true },
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    prometheusConfigReloader: {
      resources: { requests: { cpu: '10m', memory: '48Mi' }, limits: { memory: '96Mi' } },
    },
    admissionWebhooks: {
      failurePolicy: 'IgnoreOnInstallOnly',
      namespaceSelector: validated,
      // The chart could create this certificate with a Job, but the Job needs one more image.
      certManager: { enabled: true, issuerRef: issuer, admissionCert: { duration: `${90 * 24}h` } },
    },
  };
}
