import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Writes `tls.crt` and `tls.key` of a certificate for 127.0.0.1 that nobody but itself vouches for. */
export function writeCertificate(folder: string, name: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const out = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
  const san = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...curve, '-subj', `/CN=${name}`, ...san, ...out], {
    stdio: 'ignore',
  });
}
