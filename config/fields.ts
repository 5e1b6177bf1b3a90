import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { contains, parseCidr, parseIpv4 } from './cidr.ts';
import { parsePeriod } from './period.ts';
import { binaryQuantity, tsdbQuantity } from './quantity.ts';

const minimumPrefix = 8;

/** No packet from the internet has a source address in these ranges. */
const neverPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].flatMap((text) => parseCidr(text) ?? []);

export const matching = (pattern: RegExp, message: string) => z.string().regex(pattern, { message });

/** Text without `${`, `%{` and `{{`, because Terraform or Helm would evaluate these characters. */
export const unevaluated = (pattern: RegExp, message: string) =>
  z.string().refine((text) => pattern.test(text) && !/\$\{|%\{|\{\{/.test(text), { message });

export const cidr = z.string().refine((text) => parseCidr(text) !== undefined, {
  message: 'expected an IPv4 range that starts with its first address, such as 10.64.0.0/16',
});

export const admittedRange = cidr.refine(
  (text) => (parseCidr(text)?.prefix ?? minimumPrefix) >= minimumPrefix,
  {
    message: `expected a range that is not wider than /${minimumPrefix} and contains only your own addresses: a wider range also admits addresses of other networks`,
  },
);

export const publicRange = admittedRange.refine(
  (text) => {
    const range = parseCidr(text);
    return !range || range.prefix < minimumPrefix || !neverPublic.some((space) => contains(space, range));
  },
  {
    message:
      'expected public addresses: packets from the internet never have a source in a private or reserved range; `curl https://api.ipify.org` prints your address',
  },
);

export const ipv4 = z.string().refine((text) => parseIpv4(text) !== undefined, {
  message: 'expected an IPv4 address such as 10.96.0.10',
});

export const guid = z.guid({
  message:
    'expected an identifier such as 00000000-0000-0000-0000-000000000000; `az account show` prints your identifiers',
});

/** An RFC 1123 label, such as the name of a namespace, an edge or a release. */
export const dnsLabel = matching(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'expected at most 63 lower-case letters, digits and inner hyphens',
);

export const dnsName = matching(
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'expected a lower-case host name with at least one dot, such as metrics.internal',
);

export const labelValue = matching(
  /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  'expected at most 63 letters, digits, dots, underscores or hyphens, with a letter or digit at the start and at the end; the value also becomes a Kubernetes label',
);

export const labelKey = matching(
  /^((?=[^/]{1,253}\/)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  "expected a label's key such as team or example.com/team",
);

export const edgeName = dnsLabel.regex(/^(?!central-)/, {
  message:
    'expected another name: names that start with central- are reserved for connections to the central cluster',
});

export const annotation = unevaluated(/^[^\n]*$/, 'expected one line without ${, %{ and {{');

/** Terraform and kubectl run in different folders, therefore the path must not be relative. */
const kubeconfigPath = unevaluated(
  /^(\/|~\/).+$/,
  'expected a path that starts with / or ~/, without ${, %{ and {{',
);

export const clusterLabels = z.strictObject({
  /** Value of the label `cluster`. Each cluster needs its own value. */
  cluster: labelValue,
  /** Value of the label `environment`, such as `production`. */
  environment: labelValue,
});

export const bytes = matching(binaryQuantity, 'expected a whole quantity with a binary unit, such as 50Gi');

const cpu = matching(/^([1-9]\d*m?|0\.\d{1,3})$/, 'expected a number of CPU cores, such as 2, 0.5 or 500m');

/** The schema has no CPU limit, because a throttled scraper loses samples. */
export const resources = z.strictObject({
  requests: z.strictObject({
    /** CPU request of the container. */
    cpu,
    /** Memory request of the container. */
    memory: bytes,
  }),
  limits: z.strictObject({
    /** Memory limit of the container. */
    memory: bytes,
  }),
});

/** A size in Prometheus notation, in which 1 MB means 2²⁰ bytes. */
export const tsdbSize = matching(tsdbQuantity, 'expected a size such as 45GB');

export const prometheusDuration = matching(
  /^(?=\d)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/,
  'expected a Prometheus duration such as 10d or 2h30m, with the larger units first',
);

/** An ISO 8601 duration. Azure rejects a wrong duration only at apply. */
export const isoDuration = matching(
  /^P(?=\d|T\d)(?=.*[1-9])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/,
  'expected an ISO 8601 duration above zero, such as PT5M or P30D',
);

export const period = z.string().refine((text) => parsePeriod(text) !== undefined, {
  message:
    'expected a number of minutes that divides 60 (at most 30m), or a number of hours that divides 24, such as 10m, 1h or 6h',
});

export const imageTag = matching(
  /^(?!latest$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
  'expected a tag of one fixed version, such as 1.4.2; the image behind the tag latest changes over time',
);

export const plainText = unevaluated(/^.+$/, 'expected text without ${, %{ and {{');

export const variableName = matching(
  /^[a-z][a-z0-9_]{0,40}$/,
  'expected lower-case letters, digits and underscores; the name becomes part of a Terraform variable name',
);

/** URL of an S3-compatible store. The URL has no path, because the bucket is a separate setting. */
export const httpsUrl = unevaluated(
  /^https:\/\/[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/,
  'expected https:// and a host, such as https://s3.eu-west-1.amazonaws.com, without a login, a path or a final slash',
);

/** Name of an S3 bucket (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). */
export const bucketName = matching(
  /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/,
  'expected 3 to 63 lower-case letters, digits, dots and hyphens, such as monitoring-blocks',
);

export const regionName = matching(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected a region such as eu-west-1');

const pemCertificates = /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+\n-----END CERTIFICATE-----/g;

/** Certificates in PEM. A program with a damaged certificate does not start. */
export const trustedCertificates = z.string().refine(
  (text) => {
    const found = text.match(pemCertificates) ?? [];
    return found.length > 0 && text.replace(pemCertificates, '').trim() === '' && found.every(isCertificate);
  },
  {
    message:
      'expected certificates in PEM, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and nothing else; `openssl x509 -in ca.crt` prints a certificate in this form',
  },
);

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

export const kubeconfig = z.strictObject({
  /** Name of the context in the kubeconfig. */
  context: plainText,
  /**
   * Path of the kubeconfig.
   * @default '~/.kube/config'
   */
  path: kubeconfigPath.exactOptional(),
});
