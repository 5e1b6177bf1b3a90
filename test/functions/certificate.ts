import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Writes a self-signed certificate and its key as `tls.crt` and `tls.key`. */
export function writeCertificate(folder: string, name: string, subject = 'IP:127.0.0.1'): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const out = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
  const san = ['-addext', `subjectAltName=${subject}`];
  execFileSync('openssl', ['req', '-x509', ...curve, '-subj', `/CN=${name}`, ...san, ...out], {
    stdio: 'ignore',
  });
}
