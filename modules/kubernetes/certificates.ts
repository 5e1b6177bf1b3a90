import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { certManager, platformCa } from '../../config/cluster-names.ts';

/** The issuer that signs a certificate: a cert-manager Issuer in the certificate's namespace, or a ClusterIssuer. */
export interface IssuerRef {
  readonly name: string;
  readonly kind: 'ClusterIssuer' | 'Issuer';
}

/** The issuer of an environment that does not set an issuer: the platform's own CA. */
export const platformIssuer: IssuerRef = { name: platformCa.issuer, kind: 'ClusterIssuer' };

export interface CertificateProps {
  /** Name of the Secret and of the Certificate. */
  readonly secretName: string;
  readonly namespace: string;
  /** Names of the Services in the same namespace that use the certificate. */
  readonly services: readonly string[];
  /** Other fully qualified DNS names, such as names of headless pods or names in private zones. */
  readonly dnsNames?: readonly string[];
  /**
   * Issuer that signs the certificate.
   * @default the platform's own CA
   */
  readonly issuer?: IssuerRef;
  /**
   * Whether the certificate also identifies a client. NATS servers need this, because they connect to each other.
   * @default false
   */
  readonly client?: boolean;
  /**
   * Whether the program reloads a renewed certificate file. If false, the certificate is valid for two years and is
   * renewed a year before it expires. Upgrades restart every pod within this year.
   * @default true: the certificate is valid for 90 days and is renewed 30 days before it expires
   */
  readonly reloads?: boolean;
  /**
   * Whether an operator copies the certificate to another cluster. Then the certificate is valid for two years, and
   * cert-manager renews it only in the last hour. Until then the original and the copy expire at the same time, and the
   * alerts on the original also watch the copy.
   * @default false
   */
  readonly copied?: boolean;
}

/**
 * The certificate of a server. It is also valid for `localhost`, because a client of a port-forward connects to this
 * host.
 */
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
 * A certificate that identifies a client but not a server.
 * @param props `identity` is the only DNS name in the certificate
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

/** Hours for which a certificate is valid, and hours before its end at which cert-manager renews it. */
function lifetimeOf({ reloads = true, copied = false }: Pick<CertificateProps, 'reloads' | 'copied'>) {
  if (copied) return { duration: 730 * 24, renewBefore: 1 };
  return reloads
    ? { duration: 90 * 24, renewBefore: 30 * 24 }
    : { duration: 730 * 24, renewBefore: 365 * 24 };
}

/** The DNS name that a client verifies in a certificate of `certificate()` if the client connects to an IP address. */
export function serverName(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}

function serviceNames(service: string, namespace: string): string[] {
  const inNamespace = `${service}.${namespace}`;
  return [service, inNamespace, serverName(service, namespace), `${inNamespace}.svc.cluster.local`];
}

/**
 * The objects of a CA whose private key is created in the cluster and never leaves it. The CA is valid for ten years. A
 * new CA requires new certificates for all programs (docs/replace-the-ca.md).
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

/**
 * TLS settings with which Prometheus verifies an endpoint. The Secret `secretName` contains the endpoint's certificate
 * and the CA certificate.
 */
export function scrapeTls(secretName: string, service: string, namespace: string) {
  return {
    ca: { secret: { name: secretName, key: 'ca.crt' } },
    serverName: serverName(service, namespace),
  };
}
