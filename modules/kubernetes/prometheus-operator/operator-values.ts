import type { IssuerRef } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { Selector } from './selection.ts';

export interface OperatorValues {
  readonly networkPolicy: { readonly enabled: true };
  readonly resources: Resources;
  readonly prometheusConfigReloader: { readonly resources: Resources };
  readonly admissionWebhooks: {
    /**
     * Failure policy of the webhook. The first install sets `Ignore`, because the release creates rules while the pod of
     * the operator starts. The policy remains `Ignore` until the first upgrade of the release, and every upgrade sets
     * `Fail`.
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
 * Chart values of the operator. The operator processes custom resources of every namespace, because an agent runs in
 * the namespace of its edge. RBAC limits which users can create these resources.
 * @param validated namespaces whose rules and Alertmanager configurations the webhook checks. The list is limited,
 * because a stopped operator must not block changes of other teams.
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
