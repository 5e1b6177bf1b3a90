import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import which from 'which';
import type { ProgramName, Programs } from '../../toolchain/index.ts';

/** A container image for a test. The image contains files of this machine. */
interface Image {
  readonly name: string;
  readonly entrypoint: readonly string[];
  readonly cmd?: readonly string[];
  /** The keys are paths in the image. The values are paths of files and folders on this machine. */
  readonly files: Readonly<Record<string, string>>;
}

/** Paths of the programs in their official images. */
const entrypoints: Partial<Record<ProgramName, string>> = {
  prometheus: '/bin/prometheus',
  alertmanager: '/bin/alertmanager',
  node_exporter: '/bin/node_exporter',
  pushgateway: '/bin/pushgateway',
  'nats-server': '/bin/nats-server',
  'prometheus-nats-exporter': '/prometheus-nats-exporter',
};

export async function programImage(name: string, program: ProgramName, programs: Programs): Promise<Image> {
  const path = entrypoints[program];
  if (!path) throw new Error(`${program} has no path in its image. Add it to test/compose/images.ts`);
  const busybox = await which('busybox');
  const tools = { '/bin/wget': busybox, '/bin/chown': busybox };
  return { name, entrypoint: [path], files: { [path]: programs[program].path, ...tools } };
}

export async function nodeImage(
  name: string,
  main: string,
  files: Readonly<Record<string, string>>,
): Promise<Image> {
  const { stdout } = await execa('ldd', [process.execPath]);
  const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => [path, realpathSync(path)]);
  return {
    name,
    // The image that compose/Dockerfile builds also has Node.js at this path.
    entrypoint: ['/nodejs/bin/node'],
    cmd: [main],
    files: { '/nodejs/bin/node': process.execPath, ...Object.fromEntries(libraries), ...files },
  };
}

export async function build({ name, entrypoint, cmd, files }: Image): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'compose-image-'));
  try {
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(join(context, 'root', dirname(path)), { recursive: true });
      cpSync(source, join(context, 'root', dirname(path), basename(path)), { recursive: true });
    }
    const lines = [
      'FROM scratch',
      'COPY root /',
      `ENTRYPOINT ${JSON.stringify(entrypoint)}`,
      ...(cmd ? ['WORKDIR /app', `CMD ${JSON.stringify(cmd)}`] : []),
    ];
    writeFileSync(join(context, 'Containerfile'), `${lines.join('\n')}\n`);
    await execa('podman', ['build', '--quiet', '--tag', name, context]);
  } finally {
    rmSync(context, { recursive: true });
  }
}
