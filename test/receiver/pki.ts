import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Leaf {
  readonly cert: string;
  readonly key: string;
}

export interface Ca {
  readonly cert: string;
  /** Issues a certificate that is valid for a day. */
  issue(dnsNames: readonly string[], usages: readonly ('serverAuth' | 'clientAuth')[]): Leaf;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Creates a CA with `openssl`. The names of its files in the folder start with `name`. */
export function makeCa(folder: string, name: string): Ca {
  const path = (file: string) => join(folder, `${name}-${file}`);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  openssl(
    'req',
    '-x509',
    ...curve,
    '-days',
    '1',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    path('ca.key'),
    '-out',
    path('ca.crt'),
  );
  let count = 0;
  return {
    cert: readFileSync(path('ca.crt'), 'utf8'),
    issue(dnsNames, usages) {
      const leaf = `leaf${count++}`;
      const names = dnsNames.map((dnsName) => `DNS:${dnsName}`);
      const extensions = [
        `extendedKeyUsage=${usages.join(',')}`,
        `subjectAltName=critical,${names.join(',')}`,
      ];
      writeFileSync(path(`${leaf}.ext`), extensions.join('\n'));
      openssl('req', ...curve, '-subj', '/', '-keyout', path(`${leaf}.key`), '-out', path(`${leaf}.csr`));
      const signer = ['-CA', path('ca.crt'), '-CAkey', path('ca.key'), '-CAcreateserial', '-days', '1'];
      openssl(
        'x509',
        '-req',
        '-in',
        path(`${leaf}.csr`),
        ...signer,
        '-extfile',
        path(`${leaf}.ext`),
        '-out',
        path(`${leaf}.crt`),
      );
      return {
        cert: readFileSync(path(`${leaf}.crt`), 'utf8'),
        key: readFileSync(path(`${leaf}.key`), 'utf8'),
      };
    },
  };
}
