import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { certManager, platformCa } from '../../config/cluster-names.ts';

export interface IssuerRef {
  readonly name: string;
  readonly kind: 'ClusterIssuer' | 'Issuer';
}

/** Default issuer: the CA of the platform. */
export const platformIssuer: IssuerRef = { name: platformCa.issuer, kind: 'ClusterIssuer' };

export interface CertificateProps {
  readonly secretName: string;
  readonly namespace: string;
  /** The certificate contains the DNS names of these Services. */
  readonly services: readonly string[];
  /** Additional DNS names, for example in a private zone. */
  readonly dnsNames?: readonly string[];
  /** @default the CA of the platform */
  readonly issuer?: IssuerRef;
  /**
   * Whether the server also uses the certificate as a client, such as in a NATS cluster.
   * @default false
   */
  readonly client?: boolean;
  /**
   * Whether the program loads a renewed certificate without a restart.
   * @default true
   */
  readonly reloads?: boolean;
  /**
   * Whether a person copies the certificate to another cluster.
   * @default false
   */
  readonly copied?: boolean;
}

/** A server certificate. It also contains `localhost`, because clients use a port-forward. */
export function certificate(props: CertificateProps): ICertificate {
  const { namespace, services, dnsNames = [] } = props;
  const names = services.flatMap((service) => serviceNames(service, namespace));
  return issued(props, {
    usages: ['digital signature', 'server auth', ...(props.client ? (['client auth'] as const) : [])],
    dnsNames: [...names, ...dnsNames, 'localhost'],
    ipAddresses: ['127.0.0.1'],
  });
}

/** A client certificate. `props.identity` is the only DNS name of the certificate. */
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

/** In hours. */
function lifetimeOf({ reloads = true, copied = false }: Pick<CertificateProps, 'reloads' | 'copied'>) {
  // The alert EdgeCertificateExpiring reads only the original certificate.
  // A renewal of the original would hide the expiry of the copy.
  if (copied) return { duration: 730 * 24, renewBefore: 1 };
  return reloads
    ? { duration: 90 * 24, renewBefore: 30 * 24 }
    : { duration: 730 * 24, renewBefore: 365 * 24 };
}

/** Name in the certificate of a Service. A client that connects to an IP address must expect this name. */
export function serverName(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}

function serviceNames(service: string, namespace: string): string[] {
  const inNamespace = `${service}.${namespace}`;
  return [service, inNamespace, serverName(service, namespace), `${inNamespace}.svc.cluster.local`];
}

/** After a replacement of the CA, all programs need new certificates (docs/replace-the-ca.md). */
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
 * TLS settings of a scrape.
 * @param secretName Secret with the CA certificate
 */
export function scrapeTls(secretName: string, service: string, namespace: string) {
  return {
    ca: { secret: { name: secretName, key: 'ca.crt' } },
    serverName: serverName(service, namespace),
  };
}
