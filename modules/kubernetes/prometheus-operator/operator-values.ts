import type { IssuerRef } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { Selector } from './selection.ts';

export interface OperatorValues {
  readonly networkPolicy: { readonly enabled: true };
  readonly resources: Resources;
  readonly prometheusConfigReloader: { readonly resources: Resources };
  readonly admissionWebhooks: {
    /**
     * Failure policy of the webhook. In the first install it is `Ignore`, because the release creates rules before the
     * webhook runs. In every upgrade it is `Fail`.
     */
    readonly failurePolicy: 'IgnoreOnInstallOnly';
    readonly namespaceSelector: Selector;
    readonly patch: { readonly enabled: false };
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
      // The Job that creates the webhook's certificate is off, because cert-manager creates the certificate. The Job
      // needs another image, and its Secret remains after the release is deleted.
      patch: { enabled: false },
      certManager: { enabled: true, issuerRef: issuer, admissionCert: { duration: `${90 * 24}h` } },
    },
  };
}
