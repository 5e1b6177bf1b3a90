import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { certManager, platformCa } from '../../config/cluster-names.ts';

/** The issuer that signs: a cert-manager Issuer in the certificate's namespace, or a ClusterIssuer. */
export interface IssuerRef {
  readonly name: string;
  readonly kind: 'ClusterIssuer' | 'Issuer';
}

/** The platform's own CA, for an environment that sets no issuer. */
export const platformIssuer: IssuerRef = { name: platformCa.issuer, kind: 'ClusterIssuer' };

export interface CertificateProps {
  /** Name of the Secret and of the Certificate. */
  readonly secretName: string;
  readonly namespace: string;
  /** Services in the same namespace that the certificate identifies. */
  readonly services: readonly string[];
  /** Further DNS names in full, such as those of headless pods or private zones. */
  readonly dnsNames?: readonly string[];
  /** @default the platform's own CA */
  readonly issuer?: IssuerRef;
  /** Whether the certificate also identifies a client: NATS servers connect to each other. @default false */
  readonly client?: boolean;
  /**
   * Whether the program reloads a renewed file. A program that does not reload gets a certificate of two years, renewed
   * a year before expiry; upgrades restart every pod within that year.
   * @default true: 90 days, renewed 30 days ahead
   */
  readonly reloads?: boolean;
}

/** The certificate of a server; also valid for `localhost`, the host of a port-forward. */
export function certificate(props: CertificateProps): ICertificate {
  const { namespace, services, dnsNames = [] } = props;
  const names = services.flatMap((service) => serviceNames(service, namespace));
  return issued(props, {
    usages: ['digital signature', 'server auth', ...(props.client ? (['client auth'] as const) : [])],
    dnsNames: [...names, ...dnsNames, 'localhost'],
    ipAddresses: ['127.0.0.1'],
  });
}

/** A certificate that identifies a client and no server. @param props `identity`: its only DNS name */
export function clientCertificate(
  props: Omit<CertificateProps, 'services' | 'dnsNames' | 'client'> & { readonly identity: string },
): ICertificate {
  return issued(props, { usages: ['digital signature', 'client auth'], dnsNames: [props.identity] });
}

function issued(
  props: Pick<CertificateProps, 'secretName' | 'namespace' | 'issuer' | 'reloads'>,
  identity: Pick<NonNullable<ICertificate['spec']>, 'usages' | 'dnsNames' | 'ipAddresses'>,
): ICertificate {
  const { secretName: name, namespace, issuer = platformIssuer } = props;
  const [duration, renewBefore] = (props.reloads ?? true) ? [90 * 24, 30 * 24] : [730 * 24, 365 * 24];
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

/** The name that a client verifies in a certificate of `certificate()` when it connects to an address. */
export function serverName(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}

function serviceNames(service: string, namespace: string): string[] {
  const inNamespace = `${service}.${namespace}`;
  return [service, inNamespace, serverName(service, namespace), `${inNamespace}.svc.cluster.local`];
}

/**
 * A CA whose key is made in the cluster and never leaves it. It is valid for ten years. A new CA needs new certificates
 * everywhere (docs/replace-the-ca.md).
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
 * TLS settings with which Prometheus verifies an endpoint; `secretName` contains the endpoint's certificate and the CA
 * certificate.
 */
export function scrapeTls(secretName: string, service: string, namespace: string) {
  return {
    ca: { secret: { name: secretName, key: 'ca.crt' } },
    serverName: serverName(service, namespace),
  };
}
