import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { open } from '../../functions/adapters/node/index.ts';
import { batchPusher } from '../../functions/batch-pusher/index.ts';
import { noticesFile } from '../../functions/third-party-notices.ts';
import { usdtExporter } from '../../functions/usdt-exporter/index.ts';
import { writeCertificate } from './certificate.ts';
import { deadPort } from './mock-upstream.ts';
import './quiet.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const stages = new Map(
  read('functions/Dockerfile')
    .replaceAll('\\\n', ' ')
    .split(/^FROM /m)
    .slice(1)
    .map((stage): [string, readonly string[]] => [/ AS (\S+)/.exec(stage)?.[1] ?? '', stage.split('\n')]),
);
const images = [...stages.keys()].filter((name) => name !== 'build' && name !== 'runtime');
const instructions = (stage: string, keyword: string) =>
  (stages.get(stage) ?? [])
    .filter((line) => line.startsWith(`${keyword} `))
    .map((line) => line.slice(keyword.length + 1).trim());

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('the images', () => {
  it('exist for each function', () => {
    for (const { name, defaultPort } of [usdtExporter, batchPusher]) {
      expect(instructions(name, 'ENV')).toEqual([`PORT=${defaultPort}`]);
      expect(instructions(name, 'EXPOSE')).toEqual([String(defaultPort)]);
      const [copied] = instructions(name, 'COPY');
      expect(copied?.match(/[^/ ]+\.(?:cjs|txt)/g)).toEqual(['server.cjs', 'job.cjs', noticesFile]);
    }
  });

  it('are built only from files in their build context', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const sources = instructions('build', 'COPY').flatMap((line) => line.split(' ').slice(0, -1));
    expect(sources.toSorted()).toEqual(allowed.toSorted());
    const context = scratch();
    for (const source of sources) {
      mkdirSync(dirname(join(context, source)), { recursive: true });
      cpSync(join(root, source), join(context, source), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(context, 'node_modules'));
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: context });
    for (const bundle of images.flatMap((name) => instructions(name, 'COPY')[0]?.match(/dist\S+/g) ?? [])) {
      expect(existsSync(join(context, bundle))).toBe(true);
    }
  }, 60_000);

  it('run as an unprivileged user', () => {
    expect(instructions('runtime', 'USER')).toEqual(['65532:65532']);
  });

  it('are all published by the workflow images.yml', () => {
    const text = read('.github/workflows/images.yml');
    const { jobs } = parse(text) as {
      jobs: Record<string, { strategy: { matrix: { function: string[] } } }>;
    };
    for (const job of Object.values(jobs)) expect(job.strategy.matrix.function).toEqual(images);
  });
});

describe('the health check of an image', () => {
  const [check] = instructions('runtime', 'HEALTHCHECK');
  const code = (JSON.parse(/CMD (.*)/.exec(check ?? '')?.[1] ?? '[]') as string[]).at(-1) ?? '';

  function exitCode(env: Readonly<Record<string, string>>): Promise<number | null> {
    const child = spawn(process.execPath, ['-e', code], { env: { ...env } });
    return new Promise((resolve) => child.on('exit', resolve));
  }

  async function served(env: Readonly<Record<string, string>>) {
    const server = await open(batchPusher, { PORT: '0', HOST: '0.0.0.0', ...env });
    onTestFinished(() => server.close());
    return { ...env, PORT: String(server.port) };
  }

  it('passes if the server answers over HTTP or HTTPS', async () => {
    expect(await exitCode(await served({}))).toBe(0);
    const folder = scratch();
    writeCertificate(folder, 'any');
    const tls = { TLS_CERT_FILE: join(folder, 'tls.crt'), TLS_KEY_FILE: join(folder, 'tls.key') };
    expect(await exitCode(await served(tls))).toBe(0);
  });

  it('fails if no server answers', async () => {
    expect(await exitCode({ PORT: new URL(await deadPort()).port })).toBe(1);
    const plain = await served({});
    expect(await exitCode({ ...plain, TLS_CERT_FILE: 'x' })).toBe(1);
  });
});
