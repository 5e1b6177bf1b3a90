import type { IssuerRef } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { Selector } from './selection.ts';

export interface OperatorValues {
  readonly networkPolicy: { readonly enabled: true };
  readonly resources: Resources;
  readonly prometheusConfigReloader: { readonly resources: Resources };
  readonly admissionWebhooks: {
    /**
     * Failure policy of the webhook. A first install sets `Ignore`, because the release creates rules while the
     * operator starts. Every later upgrade sets `Fail`.
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
 * Chart values of the operator. It handles custom resources in every namespace, because an agent runs in the namespace
 * of its edge. RBAC limits who can create these resources.
 * @param validated namespaces whose rules and Alertmanager configurations the webhook checks. A stopped operator blocks
 * changes in these namespaces, therefore namespaces of other teams are not included.
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
      // cert-manager creates the webhook's certificate. Therefore the chart renders no Job for the certificate, which would
      // need another image.
      certManager: { enabled: true, issuerRef: issuer, admissionCert: { duration: `${90 * 24}h` } },
    },
  };
}
