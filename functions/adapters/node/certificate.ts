import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { SettingsError } from '../../settings.ts';

/** Paths of PEM files. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Both or neither. @throws SettingsError */
export function certificateFiles(
  cert: string | undefined,
  key: string | undefined,
): CertificateFiles | undefined {
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert === undefined && key === undefined) return undefined;
  const [given, missing] =
    cert === undefined ? ['TLS_KEY_FILE', 'TLS_CERT_FILE'] : ['TLS_CERT_FILE', 'TLS_KEY_FILE'];
  throw new SettingsError(
    `${missing}: expected the path of a PEM file, because ${given} is set, got nothing. ` +
      `Set it too, or unset ${given} to serve without TLS.`,
  );
}

/** @throws Error that names the file which cannot be read */
export function readCertificate({ cert, key }: CertificateFiles): Certificate {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (cause) {
      throw new Error(`cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  };
  return { cert: read(cert), key: read(key) };
}

/**
 * Serves a renewed certificate within `intervalMs`; connections that stand keep theirs. Looks at the files' content,
 * because Kubernetes swaps a folder behind symbolic links, which no watch of a file sees. Files that are halfway
 * through a renewal, or broken, leave the certificate that is served as it is.
 * @returns what ends it
 */
export function followCertificate(
  server: Server,
  files: CertificateFiles,
  options: {
    /** What the server was made with. */
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
      server.setSecureContext(found);
      served = found;
    } catch (error) {
      options.onError(error);
    }
  };
  const timer = setInterval(look, options.intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
