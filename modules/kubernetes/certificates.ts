import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { certManager, platformCa } from '../../config/cluster-names.ts';

/** An Issuer in the same namespace, or a ClusterIssuer. */
export interface IssuerRef {
  readonly name: string;
  readonly kind: 'ClusterIssuer' | 'Issuer';
}

/** The platform's own CA. The default of an environment. */
export const platformIssuer: IssuerRef = { name: platformCa.issuer, kind: 'ClusterIssuer' };

export interface CertificateProps {
  /** Name of the Secret and of the Certificate. */
  readonly secretName: string;
  readonly namespace: string;
  /** Services in the same namespace. Their DNS names are in the certificate. */
  readonly services: readonly string[];
  /** Additional DNS names, such as the names of headless pods or names in a private zone. */
  readonly dnsNames?: readonly string[];
  /**
   * Issuer that signs the certificate.
   * @default the platform's own CA
   */
  readonly issuer?: IssuerRef;
  /**
   * Whether the certificate is also a client certificate. NATS servers need both, because they connect to each other.
   * @default false
   */
  readonly client?: boolean;
  /**
   * Whether the program loads a renewed certificate without a restart. If true, the certificate is valid for 90 days,
   * and is renewed after 60 days. If false, it is valid for two years, and is renewed after one year. The program loads
   * the renewed certificate at its next start, for example during an upgrade in the second year.
   * @default true
   */
  readonly reloads?: boolean;
  /**
   * Whether a person copies the certificate to another cluster. It is valid for two years, and renewed only in the last
   * hour. The original therefore expires together with its copy, and an alert on the original covers the copy.
   * @default false
   */
  readonly copied?: boolean;
}

/** A server certificate. It is also valid for `localhost`, for clients of a port-forward. */
export function certificate(props: CertificateProps): ICertificate {
  const { namespace, services, dnsNames = [] } = props;
  const names = services.flatMap((service) => serviceNames(service, namespace));
  return issued(props, {
    usages: ['digital signature', 'server auth', ...(props.client ? (['client auth'] as const) : [])],
    dnsNames: [...names, ...dnsNames, 'localhost'],
    ipAddresses: ['127.0.0.1'],
  });
}

/**
 * A client certificate. No server can use it.
 * @param props `identity` is the only DNS name of the certificate
 */
export function clientCertificate(
  props: Omit<CertificateProps, 'services' | 'dnsNames' | 'client'> & { readonly identity: string },
): ICertificate {
  return issued(props, { usages: ['digital signature', 'client auth'], dnsNames: [props.identity] });
}

function issued(
  props: Pick<CertificateProps, 'secretName' | 'namespace' | 'issuer' | 'reloads' | 'copied'>,
  identity: Pick<NonNullable<ICertificate['spec']>, 'usages' | 'dnsNames' | 'ipAddresses'>,
): ICertificate {
  const { secretName: name, namespace, issuer = platformIssuer } = props;
  const { duration, renewBefore } = lifetimeOf(props);
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace },
    spec: {
      secretName: name,
      issuerRef: { ...issuer },
      duration: `${duration}h`,
      renewBefore: `${renewBefore}h`,
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      ...identity,
    },
  };
}

/** Hours of validity, and hours between the renewal and the expiry. */
function lifetimeOf({ reloads = true, copied = false }: Pick<CertificateProps, 'reloads' | 'copied'>) {
  if (copied) return { duration: 730 * 24, renewBefore: 1 };
  return reloads
    ? { duration: 90 * 24, renewBefore: 30 * 24 }
    : { duration: 730 * 24, renewBefore: 365 * 24 };
}

/**
 * The DNS name of a Service in its certificate. A client verifies this name, even on a connection to an IP address.
 */
export function serverName(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}

function serviceNames(service: string, namespace: string): string[] {
  const inNamespace = `${service}.${namespace}`;
  return [service, inNamespace, serverName(service, namespace), `${inNamespace}.svc.cluster.local`];
}

/**
 * The objects of the platform's own CA. Its private key stays in the cluster. Its certificate is valid for ten years.
 * A new CA needs new certificates for all programs (docs/replace-the-ca.md).
 */
export function platformCaObjects(): (IClusterIssuer | ICertificate)[] {
  const { rootIssuer, issuer, secret } = platformCa;
  return [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: rootIssuer },
      spec: { selfSigned: {} },
    },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: secret, namespace: certManager.namespace },
      spec: {
        isCA: true,
        commonName: issuer,
        secretName: secret,
        duration: `${10 * 365 * 24}h`,
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
        issuerRef: { name: rootIssuer, kind: 'ClusterIssuer' },
      },
    },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: issuer },
      spec: { ca: { secretName: secret } },
    },
  ];
}

/** Prometheus verifies a scraped server with these settings. The Secret `secretName` has the CA certificate. */
export function scrapeTls(secretName: string, service: string, namespace: string) {
  return {
    ca: { secret: { name: secretName, key: 'ca.crt' } },
    serverName: serverName(service, namespace),
  };
}
