import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { SettingsError } from '../../settings.ts';

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * @returns undefined if neither path is set
 * @throws SettingsError if only one path is set
 */
export function certificateFiles(
  cert: string | undefined,
  key: string | undefined,
): CertificateFiles | undefined {
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert === undefined && key === undefined) return undefined;
  const [given, missing] =
    cert === undefined ? ['TLS_KEY_FILE', 'TLS_CERT_FILE'] : ['TLS_CERT_FILE', 'TLS_KEY_FILE'];
  throw new SettingsError(
    `${missing}: expected the path of a PEM file (because ${given} is set), got nothing. ` +
      `Set both, or unset ${given} to serve without TLS.`,
  );
}

/** @throws Error if a file is unusable, or if the key does not belong to the certificate */
export function readCertificate({ cert: certFile, key: keyFile }: CertificateFiles): Certificate {
  const cert = read(certFile);
  const key = read(keyFile);
  const certificate = parsed(
    () => new X509Certificate(cert),
    `TLS_CERT_FILE: expected a PEM certificate in ${certFile}`,
    'Set it to a file with the certificate of this server first and its issuers after it',
  );
  const privateKey = parsed(
    () => createPrivateKey(key),
    `TLS_KEY_FILE: expected a PEM private key without a passphrase in ${keyFile}`,
    `Set it to the private key of the certificate in ${certFile}`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(
      `TLS_KEY_FILE: expected the private key of the certificate in ${certFile} (${certificate.subject.replaceAll('\n', ', ')}), ` +
        `got another key in ${keyFile}. Set TLS_CERT_FILE and TLS_KEY_FILE to a matching pair. The certificate of the server must be the first certificate in ${certFile}.`,
    );
  }
  return { cert, key };
}

export function using<T>({ cert, key }: CertificateFiles, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    // An OpenSSL error about a weak key names no file.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `TLS_CERT_FILE, TLS_KEY_FILE: TLS refuses the certificate in ${cert} or the key in ${key}: ${reason}. ` +
        'Create a new certificate with a new key, and set both variables to the new files.',
      { cause },
    );
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function parsed<T>(parse: () => T, expected: string, remedy: string): T {
  try {
    return parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${expected}, got other content: ${reason}. ${remedy}.`, { cause });
  }
}

/**
 * Serves a renewed certificate to new connections.
 * @returns a function that stops the checks
 */
export function followCertificate(
  server: Server,
  files: CertificateFiles,
  options: {
    readonly served: Certificate;
    readonly intervalMs: number;
    readonly onError: (error: unknown) => void;
  },
): () => void {
  let { served } = options;
  const look = () => {
    try {
      const found = readCertificate(files);
      if (found.cert === served.cert && found.key === served.key) return;
      using(files, () => server.setSecureContext(found));
      served = found;
    } catch (error) {
      options.onError(error);
    }
  };
  // A file watch would miss a renewal, because Kubernetes replaces the folder behind symbolic links.
  const timer = setInterval(look, options.intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
