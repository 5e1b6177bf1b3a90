import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import { runChild } from './child.ts';
import { DownloadRefused, download } from './download.ts';
import { noSpaceLeft, SourceUnavailable, ToolchainError } from './error.ts';
import { isReachable } from './network.ts';
import type { Platform } from './platform.ts';
import type { Program, ProgramName } from './programs.ts';
import { proxyFor, readProxies } from './proxy.ts';
import { otherWay } from './remedy.ts';
import type { SourceName } from './settings.ts';

export interface ReleaseOptions {
  readonly origin: string;
  readonly dispatcher: () => Promise<Dispatcher>;
  readonly platform: Platform;
  readonly sources: readonly SourceName[];
  readonly env: NodeJS.ProcessEnv;
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  readonly deadlines: { readonly connectMs: number; readonly answerMs: number; readonly idleMs: number };
  readonly onBytes: (done: number, total: number | undefined) => void;
  readonly warn: (message: string) => void;
}

// Bytes. The archive of Prometheus is the largest and has 0.15 GB.
const maxArchiveBytes = 1024 ** 3;
const maxChecksumsBytes = 1024 ** 2;
const publishedFor = ['amd64', 'arm64'];

/**
 * Downloads a release archive, verifies its checksum and unpacks it.
 * @returns the unpacked folder
 */
export async function downloadRelease(program: Program, options: ReleaseOptions): Promise<string> {
  const { origin, platform, scratch, env, signal, deadlines, warn } = options;
  const { repository, tag, archive, checksums } = program.release;
  const remedy = `Connect to the network, or ${otherWay(program, options.sources)}, then run the command again.`;
  if (!publishedFor.includes(platform.arch)) {
    throw new SourceUnavailable(
      `release archives are downloaded only for the processors ${publishedFor.join(' and ')}, and not for ${platform.arch}`,
      `Use another source: ${otherWay(program, options.sources)}, then run the command again.`,
      { forAll: true },
    );
  }
  const through = throughProxy(origin, env);
  if (!(await isReachable(origin, env, deadlines.connectMs))) {
    const proxyHint = through === '' ? '. Behind a proxy, set HTTPS_PROXY' : '';
    const reason = `${new URL(origin).host} cannot be reached${through} (no connection within ${deadlines.connectMs} ms)${proxyHint}`;
    throw new SourceUnavailable(reason, remedy, { forAll: true });
  }
  options.onBytes(0, undefined);
  const base = `${origin}/${repository}/releases/download/${tag}`;
  const name = `${archive(platform)}.tar.gz`;
  const file = join(scratch, name);
  let published: string | undefined;
  let arrived: string;
  try {
    const list = join(scratch, checksums);
    const limits = { ...options, ...deadlines, dispatcher: await options.dispatcher() };
    await download(`${base}/${checksums}`, list, {
      ...limits,
      maxBytes: maxChecksumsBytes,
      onBytes: () => undefined,
    });
    published = checksumOf(name, await readFile(list, 'utf8'));
    arrived = await download(`${base}/${name}`, file, { ...limits, maxBytes: maxArchiveBytes });
  } catch (error) {
    if (signal?.aborted || !(error instanceof Error) || isDiskError(error)) throw error;
    const forAll = !(error instanceof DownloadRefused);
    throw new SourceUnavailable(`the download of ${name}${through} failed: ${error.message}`, remedy, {
      forAll,
      cause: error,
    });
  }
  if (arrived !== published) {
    warn(
      `SECURITY: ${base}/${name} does not match its published checksum and was deleted ` +
        `(SHA-256 ${arrived}, published: ${published ?? 'none'}). The download broke or was tampered with.`,
    );
    throw new SourceUnavailable(
      `the downloaded archive ${name} does not match its published checksum`,
      `Run the command again, or ${otherWay(program, options.sources)}.`,
    );
  }
  return unpack(file, options);
}

/** @throws SourceUnavailable if a proxy URL is invalid */
function throughProxy(origin: string, env: NodeJS.ProcessEnv): string {
  try {
    const proxy = proxyFor(origin, readProxies(env));
    return proxy ? ` through ${proxy.name}` : '';
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    throw new SourceUnavailable(error.what, error.remedy, { forAll: true, cause: error });
  }
}

/** Each line of `list` is `<sha256> <file>`. A `*` can stand before the file name. */
function checksumOf(name: string, list: string): string | undefined {
  for (const line of list.split('\n')) {
    const [sum, file] = line.trim().split(/\s+\*?/);
    if (file === name && sum !== undefined && /^[0-9a-f]{64}$/i.test(sum)) return sum.toLowerCase();
  }
  return undefined;
}

async function unpack(archive: string, { scratch, env, signal }: ReleaseOptions): Promise<string> {
  const folder = join(scratch, 'unpacked');
  await mkdir(folder, { recursive: true });
  const errorLines: string[] = [];
  const onError = (line: string) => errorLines.push(line);
  // With the option `o`, the current user owns the unpacked files, even if the current user is root.
  const { exitCode } = await runChild('tar', ['-xzof', archive, '-C', folder], { env, signal, onError });
  signal?.throwIfAborted();
  if (exitCode !== 0) {
    const text = errorLines.slice(-3).join('; ');
    if (text.includes('No space left on device')) throw noSpaceLeft(text);
    throw new SourceUnavailable(
      `tar cannot unpack the release archive: ${text}`,
      'Check that tar and gzip are installed, then run the command again.',
    );
  }
  return folder;
}

/** Finds a program in any folder of an unpacked archive. */
export async function findUnpacked(folder: string, name: ProgramName): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.find((entry) => entry.isFile() && entry.name === name);
  return found && join(found.parentPath, found.name);
}

function isDiskError(error: Error): boolean {
  return 'code' in error && ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO'].includes(String(error.code));
}
