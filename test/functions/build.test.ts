import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type BuiltBundle, buildFunctions } from '../../functions/build.ts';
import { noticesFile, packageFolder, thirdPartyNotices } from '../../functions/third-party-notices.ts';
import { mockUpstream, offers } from './mock-upstream.ts';

const root = join(import.meta.dirname, '../..');
const outdir = mkdtempSync(join(tmpdir(), 'bundles-'));
let built: BuiltBundle[] = [];

beforeAll(async () => {
  built = await buildFunctions({ outdir });
}, 60_000);
afterAll(() => rmSync(outdir, { recursive: true }));

const permission =
  Number(process.versions.node.split('.')[0]) >= 24 ? '--permission' : '--experimental-permission';
/** Options of `spawn` for the user `nobody`. Empty if the test cannot run Node as `nobody`. */
const nobody =
  process.getuid?.() === 0 && runsNode({ uid: 65_534, gid: 65_534 }) ? { uid: 65_534, gid: 65_534 } : {};

function runsNode(user: { readonly uid: number; readonly gid: number }): boolean {
  return spawnSync(process.execPath, ['--version'], { cwd: tmpdir(), ...user }).status === 0;
}

interface Run {
  readonly child: ChildProcess;
  match(pattern: RegExp): Promise<string>;
  readonly exited: Promise<number | null>;
}

/** @param preload a module that Node loads before the bundle; Node then uses no permission model */
function run(bundle: string, env: Readonly<Record<string, string>> = {}, preload?: string): Run {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'));
  chmodSync(folder, 0o755);
  const copy = (path: string) => {
    const target = join(folder, basename(path));
    cpSync(path, target);
    chmodSync(target, 0o644);
    return target;
  };
  // The user `nobody` may be unable to read the original file.
  const file = copy(join(outdir, bundle));
  // With the permission model of Node, the program cannot write files and cannot start processes.
  const nodeOptions = preload === undefined ? [permission, '--allow-fs-read=*'] : ['-r', copy(preload)];
  const child = spawn(process.execPath, [...nodeOptions, file], { cwd: folder, env: { ...env }, ...nobody });
  let text = '';
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const looks = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
      for (const look of looks) look();
    });
  }
  const match = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text);
        if (found) resolve(found[1] ?? found[0]);
      };
      looks.add(look);
      look();
      void exited.then(() => reject(new Error(`it ended, with the output: ${text}`)));
    });
  return { child, match, exited };
}

const listening = /"url":"([^"]+)"/;

describe('the bundles', () => {
  it('exist for each function and host', () => {
    const files = built.map(({ path }) => path.slice(outdir.length + 1)).sort();
    const folders = [...new Set(files.map((file) => file.split('/')[0]))];
    expect(folders).toEqual(expect.arrayContaining(['batch-pusher', 'usdt-exporter']));
    expect(files).toEqual(
      folders.flatMap((folder) =>
        ['azure/azure.cjs', 'job.cjs', 'lambda.cjs', 'server.cjs'].map((file) => `${folder}/${file}`),
      ),
    );
    for (const { bytes, budget } of built) expect(bytes).toBeLessThanOrEqual(budget);
  });

  it('need Node, but no packages and no other files', () => {
    for (const { path } of built) {
      const required = [...readFileSync(path, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(
        ([, name]) => name ?? '',
      );
      const foreign = required.filter((name) => !isBuiltin(name) && name !== '@azure/functions-core');
      expect(foreign).toEqual([]);
    }
  });
});

describe('the built file server.cjs', () => {
  it('of the usdt-exporter exposes the USDT rate as a metric', async () => {
    const upstream = await mockUpstream(() => ({ body: offers([26320]) }));
    const server = run('usdt-exporter/server.cjs', { PORT: '0', USDT_UPSTREAM_URL: upstream.url });
    const url = await server.match(listening);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    let text = '';
    while (!text.includes('\nusdt_vnd_rate 26320\n')) text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(/usdt_exporter_build_info\{version="\d+\.\d+\.\d+",revision="\w+",runtime="node v/);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('of the batch-pusher pushes a report', async () => {
    const gateway = await mockUpstream();
    const server = run('batch-pusher/server.cjs', { PORT: '0', PUSHGATEWAY_URL: gateway.url });
    const url = await server.match(listening);
    const answer = await fetch(`${url}/etl/runs`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ pushed: true });
    expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    server.child.kill('SIGINT');
    expect(await server.exited).toBe(0);
  });

  it('answers new requests after SIGTERM, and then exits with code 0', async () => {
    const gateway = await mockUpstream();
    const env = { PORT: '0', PUSHGATEWAY_URL: gateway.url, DRAIN_SECONDS: '2' };
    const server = run('batch-pusher/server.cjs', env);
    const url = await server.match(listening);
    server.child.kill('SIGTERM');
    await server.match(/"signal":"SIGTERM"/);
    const answer = await fetch(`${url}/etl/runs`, { method: 'POST' });
    expect(answer.headers.get('connection')).toBe('close');
    expect(await answer.json()).toMatchObject({ pushed: true });
    expect(await server.exited).toBe(0);
  });

  it.each([
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGINT'],
  ] as const)('exits immediately with code 1 at the second signal: %s, then %s', async (first, second) => {
    const gateway = await mockUpstream();
    const env = { PORT: '0', PUSHGATEWAY_URL: gateway.url, DRAIN_SECONDS: '60' };
    const server = run('batch-pusher/server.cjs', env);
    await server.match(listening);
    server.child.kill(first);
    await server.match(new RegExp(`"signal":"${first}"`));
    server.child.kill(second);
    expect(await server.exited).toBe(1);
  });

  it('reports a wrong setting, and exits with code 1', async () => {
    const server = run('usdt-exporter/server.cjs', { PORT: 'high' });
    expect(await server.match(/^PORT: .*$/m)).toBe(
      'PORT: expected a TCP port, 0 to 65535, got "high". Set a valid value, or unset it to use 5000.',
    );
    expect(await server.exited).toBe(1);
  });
});

describe('the licence notices of the bundles', () => {
  const noticesOf = (path: string) => readFileSync(join(dirname(path), noticesFile), 'utf8');
  const manifestOf = (folder: string) =>
    JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<string, string>;

  it('contain the licence of each package in the bundle', () => {
    for (const { path, contents } of built) {
      const folders = new Set(contents.flatMap((file) => packageFolder(file) ?? []));
      expect(folders.size, path).toBeGreaterThan(0);
      for (const folder of folders) {
        const { name, version, license } = manifestOf(folder);
        const [, section = ''] = noticesOf(path).split(`\n\n${name} ${version} (${license})\n\n`);
        const [text = ''] = section.split('-'.repeat(78));
        expect(text, `${path}: ${name}`).toMatch(/copyright|licen[cs]e/i);
        const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one)) ?? '';
        expect(text).toContain(readFileSync(join(root, folder, file), 'utf8').trim());
      }
    }
  });

  it('list only packages that the bundles contain', () => {
    for (const folder of new Set(built.map(({ path }) => dirname(path)))) {
      const contents = built.flatMap(({ path, contents: files }) => (dirname(path) === folder ? files : []));
      const named = [...noticesOf(join(folder, 'x')).matchAll(/^-{78}\n\n(\S+) (\S+) \(/gm)].map(
        ([, name, version]) => `${name} ${version}`,
      );
      const packages = [...new Set(contents.flatMap((file) => packageFolder(file) ?? []))].map((one) => {
        const { name, version } = manifestOf(one);
        return `${name} ${version}`;
      });
      expect(named.toSorted()).toEqual([...new Set(packages)].toSorted());
    }
  });

  it('are not part of the size of a bundle', () => {
    for (const { path, bytes } of built) expect(bytes).toBe(statSync(path).size);
  });

  it('are not written to a folder in which a bundle is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'single-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await buildFunctions({ outdir: folder, files: ['usdt-exporter/job.cjs'] });
    expect(readdirSync(join(folder, 'usdt-exporter'))).toEqual(['job.cjs']);
  });

  it('cannot be written if a package has no licence text', () => {
    const project = mkdtempSync(join(tmpdir(), 'licence-'));
    onTestFinished(() => rmSync(project, { recursive: true }));
    const folder = join(project, 'node_modules/@a/b');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"@a/b","version":"1.0.0","license":"MIT"}');
    const contents = ['functions/log.ts', 'node_modules/@a/b/index.js'];
    expect(() => thirdPartyNotices(project, contents)).toThrow(
      'node_modules/@a/b: the package has no file with the text of its licence (MIT)',
    );
    writeFileSync(join(folder, 'LICENSE.md'), 'The text.');
    expect(thirdPartyNotices(project, contents)).toContain('@a/b 1.0.0 (MIT)\n\nThe text.\n');
  });
});

describe('azure/', () => {
  it('is a folder that can be deployed without changes', () => {
    const folder = join(outdir, 'batch-pusher/azure');
    expect(readdirSync(folder).sort()).toEqual([noticesFile, 'azure.cjs', 'host.json', 'package.json']);
    expect(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8'))).toMatchObject({ version: '2.0' });
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string };
    expect(statSync(join(folder, main)).isFile()).toBe(true);
  });

  it('contains a function that handles HTTP requests and timer events', async () => {
    const gateway = await mockUpstream();
    const preload = join(import.meta.dirname, 'adapters/functions-host.cjs');
    const worker = run('batch-pusher/azure/azure.cjs', { PUSHGATEWAY_URL: gateway.url }, preload);
    const url = await worker.match(/http:\/\/127\.0\.0\.1:\d+/);
    const answer = await fetch(`${url}/batches/nightly`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'failure', grouping: { dag_id: 'd' } }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { pushed: true, job: 'nightly', grouping: { dag_id: 'd' }, status: 'failure' },
    ]);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('runtime="azure-functions node');
    expect(await (await fetch(`${url}/admin/timer`)).text()).toBe('done');
    expect(gateway.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /metrics/job/nightly/dag_id/d',
      'PUT /metrics/job/airflow_etl/dag_id/prometheus_metrics_dag',
    ]);
  });
});

describe('lambda.cjs', () => {
  it('exports the handler of a function', async () => {
    const upstream = await mockUpstream(() => ({ body: offers([26320]) }));
    const event = {
      version: '2.0',
      rawPath: '/metrics',
      rawQueryString: '',
      headers: {},
      isBase64Encoded: false,
    };
    const program = `require('./lambda.cjs').handler(
      { ...${JSON.stringify(event)}, requestContext: { domainName: 'f', http: { method: 'GET' } } },
      { getRemainingTimeInMillis: () => 3000 },
    ).then((answer) => process.stdout.write(answer.body, () => process.exit(0)))`;
    const handler = spawn(process.execPath, ['-e', program], {
      cwd: join(outdir, 'usdt-exporter'),
      env: { USDT_UPSTREAM_URL: upstream.url },
    });
    let text = '';
    for await (const chunk of handler.stdout) text += chunk;
    expect(text).toContain('\nusdt_vnd_rate 26320\n');
    expect(text).toContain('runtime="aws-lambda node');
  });
});

describe('job.cjs', () => {
  it('does the work once, and exits with the exit code of the outcome', async () => {
    const gateway = await mockUpstream();
    const done = run('batch-pusher/job.cjs', { PUSHGATEWAY_URL: gateway.url, ETL_RECORDS: '70' });
    expect(JSON.parse(await done.match(/^\{.*\}$/m))).toMatchObject({
      status: 'success',
      etl: { loaded: 60 },
    });
    expect(await done.exited).toBe(0);
    const failed = run('batch-pusher/job.cjs', { PUSHGATEWAY_URL: gateway.url, ETL_FAIL_AT: 'load' });
    expect(await failed.exited).toBe(1);
    expect(gateway.seen.map(({ method }) => method)).toEqual(['PUT', 'POST']);
  });
});
