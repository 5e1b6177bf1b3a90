import type { IssuerRef } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { Selector } from './selection.ts';

export interface OperatorValues {
  readonly networkPolicy: { readonly enabled: true };
  readonly resources: Resources;
  readonly prometheusConfigReloader: { readonly resources: Resources };
  readonly admissionWebhooks: {
    /**
     * What Kubernetes does with a rule if the webhook that checks rules does not answer. At the first install,
     * Kubernetes accepts the rule, because the chart creates rules before the webhook runs. At an upgrade, Kubernetes
     * rejects the rule.
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
 * @param validated namespaces in which the webhook of the operator checks rules and Alertmanager configurations. While
 *   the operator is down, Kubernetes rejects changes of rules and Alertmanager configurations in these namespaces.
 *   Therefore other namespaces are not in `validated`.
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
