import type { IssuerRef } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { Selector } from './selection.ts';

export interface OperatorValues {
  readonly networkPolicy: { readonly enabled: true };
  readonly resources: Resources;
  readonly prometheusConfigReloader: { readonly resources: Resources };
  readonly admissionWebhooks: {
    /**
     * With this value, the chart sets the policy `Ignore` at the first install, because it then creates rules before
     * the operator is ready. At every upgrade, the chart sets `Fail`.
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
 * The operator handles custom resources in every namespace, because an agent runs in the namespace of its edge. RBAC
 * limits the creators of these resources.
 * @param validated the webhook checks rules and Alertmanager configurations in these namespaces. While the operator is
 *   stopped, the API server rejects changes of these objects. Namespaces of other teams are therefore not included.
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
      // cert-manager creates the certificate of the webhook. The Job of the chart for this certificate would need one
      // more image.
      certManager: { enabled: true, issuerRef: issuer, admissionCert: { duration: `${90 * 24}h` } },
    },
  };
}
