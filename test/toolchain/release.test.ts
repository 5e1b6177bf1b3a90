import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, Socket } from 'node:net';
import { MockAgent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { obtainPrograms, programs as table } from '../../toolchain/index.ts';
import { isReachable } from '../../toolchain/network.ts';
import { archiveOf, checksumLine, releasedFrom, serve, serveFiles, tunnelTo } from './release-server.ts';
import {
  builds,
  buildsPushgateway,
  fakeGo,
  filesIn,
  pushgatewayOutput,
  systemCommands,
  type Workbench,
  workbench,
} from './workbench.ts';

const archive = 'pushgateway-1.11.3.linux-amd64';
const folder = '/prometheus/pushgateway/releases/download/v1.11.3';

function onlyReleases(): Workbench {
  const bench = workbench({ PROGRAMS_FROM: 'release' });
  systemCommands(bench, 'tar', 'gzip');
  return bench;
}

function pushgatewayRelease(bench: Workbench, checksums?: string) {
  const content = archiveOf(bench, archive, { pushgateway: pushgatewayOutput });
  return {
    [`${folder}/${archive}.tar.gz`]: content,
    [`${folder}/sha256sums.txt`]: `${'0'.repeat(64)}  other.tar.gz\n${checksums ?? checksumLine(`${archive}.tar.gz`, content)}`,
  };
}

describe('a release archive', () => {
  it('is unpacked, and its program is stored in the cache', async () => {
    const bench = onlyReleases();
    const { origin } = await serveFiles(pushgatewayRelease(bench));
    const { pushgateway } = await obtainPrograms(releasedFrom(bench, origin));
    expect(pushgateway).toMatchObject({ origin: 'release', version: '1.11.3', webUi: true });
    expect(pushgateway.path.startsWith(bench.cacheDir)).toBe(true);
    expect(readFileSync(pushgateway.path, 'utf8')).toContain(pushgatewayOutput);
    expect(filesIn(`${bench.cacheDir}/scratch`)).toEqual([]);
  });

  it('is downloaded only at the first start', async () => {
    const bench = onlyReleases();
    const { origin, asked } = await serveFiles(pushgatewayRelease(bench));
    const first = await obtainPrograms(releasedFrom(bench, origin));
    const requests = asked.length;
    expect(await obtainPrograms(releasedFrom(bench, origin))).toEqual(first);
    expect(asked).toHaveLength(requests);
  });

  it('is downloaded, and the download reports its progress in bytes', async () => {
    const bench = onlyReleases();
    const files = pushgatewayRelease(bench);
    const { origin } = await serveFiles(files);
    await obtainPrograms(releasedFrom(bench, origin));
    const total = files[`${folder}/${archive}.tar.gz`]?.length;
    const last = bench.progress.filter(({ step }) => step === 'downloading').at(-1);
    expect(last).toMatchObject({
      program: 'pushgateway',
      index: 1,
      count: 1,
      unit: 'bytes',
      done: total,
      total,
    });
  });

  it('with two programs is downloaded once', async () => {
    const bench = onlyReleases();
    const { version } = table.prometheus;
    const name = `prometheus-${version}.linux-amd64`;
    const outputOf = (program: string) => `${program}, version ${version} (branch: HEAD)`;
    const content = archiveOf(bench, name, {
      prometheus: outputOf('prometheus'),
      promtool: outputOf('promtool'),
    });
    const base = `/prometheus/prometheus/releases/download/v${version}`;
    const { origin, asked } = await serveFiles({
      [`${base}/${name}.tar.gz`]: content,
      [`${base}/sha256sums.txt`]: checksumLine(`${name}.tar.gz`, content),
    });
    const programs = await obtainPrograms({
      ...releasedFrom(bench, origin),
      names: ['prometheus', 'promtool'],
    });
    expect([programs.prometheus.origin, programs.promtool.origin]).toEqual(['release', 'release']);
    expect(asked.filter((path) => path.endsWith('.tar.gz'))).toHaveLength(1);
  });

  it('with the wrong version of a program is not kept in the cache', async () => {
    const bench = onlyReleases();
    const content = archiveOf(bench, archive, { pushgateway: 'pushgateway, version 1.10.0 (branch: HEAD)' });
    const { origin } = await serveFiles({
      [`${folder}/${archive}.tar.gz`]: content,
      [`${folder}/sha256sums.txt`]: checksumLine(`${archive}.tar.gz`, content),
    });
    await expect(obtainPrograms(releasedFrom(bench, origin))).rejects.toThrowError(/not pushgateway 1.11.3/);
    expect(filesIn(`${bench.cacheDir}/pushgateway`)).toEqual([]);
  });
});

describe('a downloaded release archive', () => {
  it.each([
    ['another checksum', `${'a'.repeat(64)}  ${archive}.tar.gz\n`],
    ['no checksum', ''],
  ])('is deleted with a warning if the checksum file contains %s', async (_, checksums) => {
    const bench = workbench();
    fakeGo(bench, {});
    const { origin } = await serveFiles(pushgatewayRelease(bench, checksums));
    const { pushgateway } = await obtainPrograms(releasedFrom(bench, origin));
    expect(pushgateway.origin).toBe('source');
    expect(bench.warnings).toEqual([expect.stringMatching(/^SECURITY: .*pushgateway-1\.11\.3.*deleted/)]);
  });

  it('is not used if its checksum is wrong', async () => {
    const bench = onlyReleases();
    const { origin } = await serveFiles(pushgatewayRelease(bench, `${'a'.repeat(64)}  ${archive}.tar.gz\n`));
    await expect(obtainPrograms(releasedFrom(bench, origin))).rejects.toThrowError(
      / does not match its published checksum/,
    );
    expect(filesIn(`${bench.cacheDir}/pushgateway`)).toEqual([]);
  });
});

describe('a download of a release', () => {
  it('that ends early is not used as the archive', async () => {
    const bench = onlyReleases();
    const files: Record<string, Buffer | string> = pushgatewayRelease(bench);
    const origin = await serve((request, response) => {
      const file = Buffer.from(files[request.url ?? ''] ?? '');
      response.writeHead(200, { 'content-length': file.length });
      if (request.url?.endsWith('.txt')) response.end(file);
      else response.write(file.subarray(0, file.length / 2), () => response.destroy());
    });
    await expect(obtainPrograms(releasedFrom(bench, origin))).rejects.toThrowError(/download of .* failed/);
    expect(filesIn(`${bench.cacheDir}/pushgateway`)).toEqual([]);
    expect(filesIn(`${bench.cacheDir}/scratch`)).toEqual([]);
  });

  it('does not follow a redirect to a URL without TLS', async () => {
    const bench = onlyReleases();
    const { origin: elsewhere, asked } = await serveFiles(pushgatewayRelease(bench));
    const origin = await serve((request, response) => {
      response.writeHead(302, { location: `${elsewhere}${request.url}` }).end();
    });
    await expect(obtainPrograms(releasedFrom(bench, origin))).rejects.toThrowError(
      /redirects to http:\/\/; a redirect to a URL without TLS is refused/,
    );
    expect(asked).toEqual([]);
  });

  it('follows a redirect to another https:// URL, as on GitHub', async () => {
    const bench = onlyReleases();
    const agent = new MockAgent();
    agent.disableNetConnect();
    const origin = await serve(() => undefined);
    for (const [path, content] of Object.entries(pushgatewayRelease(bench))) {
      const location = `https://assets.example.com${path}?signed`;
      agent.get(origin).intercept({ path }).reply(302, '', { headers: { location } });
      agent
        .get('https://assets.example.com')
        .intercept({ path: `${path}?signed` })
        .reply(200, content);
    }
    const { pushgateway } = await obtainPrograms(
      releasedFrom(bench, origin, { dispatcher: async () => agent }),
    );
    expect(pushgateway.origin).toBe('release');
  });

  it('is repeated when the server is overloaded', async () => {
    const bench = onlyReleases();
    const files: Record<string, Buffer | string> = pushgatewayRelease(bench);
    const asked: string[] = [];
    const origin = await serve((request, response) => {
      const path = request.url ?? '';
      const file = Buffer.from(files[path] ?? '');
      const range = /bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1];
      asked.push(`${path.split('/').at(-1)} ${range === undefined ? 'whole' : 'rest'}`);
      if (asked.length === 1) return void response.writeHead(503).end();
      if (path.endsWith('.txt'))
        return void response.writeHead(200, { 'content-length': file.length }).end(file);
      if (range === undefined) {
        response.writeHead(200, { 'content-length': file.length });
        return void response.write(file.subarray(0, file.length / 2), () => response.destroy());
      }
      const rest = file.subarray(Number(range));
      const contentRange = `bytes ${range}-${file.length - 1}/${file.length}`;
      return void response
        .writeHead(206, { 'content-length': rest.length, 'content-range': contentRange })
        .end(rest);
    });
    expect((await obtainPrograms(releasedFrom(bench, origin))).pushgateway.origin).toBe('release');
    expect(asked).toEqual([
      'sha256sums.txt whole',
      'sha256sums.txt whole',
      `${archive}.tar.gz whole`,
      `${archive}.tar.gz rest`,
    ]);
  });

  it('fails if the server refuses each attempt', async () => {
    const bench = onlyReleases();
    const origin = await serve((_, response) => void response.writeHead(503).end());
    await expect(obtainPrograms(releasedFrom(bench, origin))).rejects.toThrowError(
      /answered with status 503/,
    );
  });

  it('fails if the server redirects every request', async () => {
    const bench = onlyReleases();
    let asked = 0;
    const origin = await serve((request, response) => {
      asked += 1;
      response.writeHead(302, { location: `${request.url}+` }).end();
    });
    await expect(obtainPrograms(releasedFrom(bench, origin))).rejects.toThrowError(
      /redirects more than 5 times/,
    );
    expect(asked).toBe(6);
  });

  it('fails if a proxy never opens the tunnel', async () => {
    const bench = onlyReleases();
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const deadlines = { connectMs: 900, answerMs: 50, idleMs: 50 };
    const options = releasedFrom(bench, 'http://releases.example.com', { deadlines });
    const env = { ...bench.env, HTTP_PROXY: address };
    await expect(obtainPrograms({ ...options, env })).rejects.toThrowError(
      `through the proxy http://${address} (HTTP_PROXY) failed: no answer`,
    );
  });

  it('is not tried if an earlier request to the server got no answer', async () => {
    const bench = onlyReleases();
    let requests = 0;
    const origin = await serve(() => {
      requests += 1;
    });
    fakeGo(bench, {
      build: `case $out in *node_exporter) ${builds('node_exporter, version 1.12.1 (branch: )')};; *) ${buildsPushgateway};; esac`,
    });
    const deadlines = { connectMs: 900, answerMs: 50, idleMs: 50 };
    const env = { ...bench.env, PROGRAMS_FROM: 'release,source' };
    const names = ['pushgateway', 'node_exporter'] as const;
    const programs = await obtainPrograms({ ...releasedFrom(bench, origin, { deadlines }), env, names });
    expect([programs.pushgateway.origin, programs.node_exporter.origin]).toEqual(['source', 'source']);
    expect(requests).toBe(1);
  });

  it('fails when the answer stops in the middle', async () => {
    const bench = onlyReleases();
    const origin = await serve(
      (_, response) => void response.writeHead(200, { 'content-length': 1000 }).write('begin'),
    );
    const deadlines = { connectMs: 900, answerMs: 1_000, idleMs: 50 };
    await expect(obtainPrograms(releasedFrom(bench, origin, { deadlines }))).rejects.toThrowError(
      /download of .* failed/,
    );
  });
});

describe('a missing network connection', () => {
  it('is detected within one second if a test connection gets no answer', async () => {
    const neverConnects = (() => new Socket()) as unknown as typeof import('node:net').connect;
    const began = performance.now();
    expect(await isReachable('https://github.com', {}, 50, neverConnects)).toBe(false);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('causes an error that names the unreachable address', async () => {
    const { options } = workbench({ PROGRAMS_FROM: 'release' });
    await expect(obtainPrograms(options)).rejects.toThrowError(/127\.0\.0\.1:1 cannot be reached/);
  });

  it('causes an error with advice to allow more program sources', async () => {
    const { options } = workbench({ PROGRAMS_FROM: 'release' });
    const failure = obtainPrograms(options).catch((error) => error);
    expect((await failure).remedy).toBe(
      'Connect to the network, or allow more sources with PROGRAMS_FROM=path,release,source, then run the command again.',
    );
  });

  it('causes only one notice if two programs must be built from source', async () => {
    const bench = workbench();
    fakeGo(bench, {});
    const notices: string[] = [];
    const names = ['pushgateway', 'node_exporter'] as const;
    await obtainPrograms({ ...bench.options, names, onNotice: (text) => notices.push(text) }).catch(() => {});
    expect(notices).toEqual([
      'No release can be downloaded: 127.0.0.1:1 cannot be reached (no connection within 900 ms). Behind a proxy, set HTTPS_PROXY. ' +
        'The first build from source takes several minutes.',
    ]);
  });

  it.each([
    ['HTTPS_PROXY', 'http://proxy.example.com:3128', { host: 'proxy.example.com', port: 3128 }],
    ['HTTPS_PROXY', 'proxy:8080', { host: 'proxy', port: 8080 }],
    ['https_proxy', '127.0.0.1:9', { host: '127.0.0.1', port: 9 }],
    ['HTTPS_PROXY', 'https://user:secret@proxy', { host: 'proxy', port: 443 }],
    ['HTTP_PROXY', 'http://[::1]:3128', { host: '::1', port: 3128 }],
  ])('is detected with a test connection to the proxy in %s: %s', async (variable, proxy, address) => {
    expect(await addressAsked({ [variable]: proxy })).toEqual(address);
  });

  it.each(['github.com', '.github.com', 'a.com,github.com:443', '*'])(
    'is detected with a test connection to github.com if NO_PROXY is %s',
    async (exempt) => {
      const env = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: exempt };
      expect(await addressAsked(env)).toEqual({ host: 'github.com', port: 443 });
    },
  );

  it.each(['hub.com', 'github.com:80', 'api.github.com'])(
    'is detected with a test connection to the proxy if NO_PROXY is %s',
    async (exempt) => {
      const env = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: exempt };
      expect(await addressAsked(env)).toEqual({ host: 'proxy', port: 3128 });
    },
  );

  it.each(['user:secret@127.0.0.1:1', 'http://user:secret@127.0.0.1:1'])(
    'is reported without the password in the proxy URL %s',
    async (proxy) => {
      const { options } = workbench({ PROGRAMS_FROM: 'release', HTTP_PROXY: proxy });
      const failure = await obtainPrograms(options).catch((error) => error);
      expect(failure.message).toContain(
        '127.0.0.1:1 cannot be reached through the proxy http://127.0.0.1:1 (HTTP_PROXY)',
      );
      expect(failure.message).not.toContain('secret');
    },
  );
});

describe('a proxy', () => {
  it.each([
    'socks5://user:secret@proxy:1080',
    'http://user:secret@',
    'user:secret@proxy:port',
    'http://user:secret@proxy:99999',
    'http://user:secret@proxy/path',
  ])('with the invalid URL %s causes an error that does not show the password', async (proxy) => {
    const { options } = workbench({ PROGRAMS_FROM: 'release', HTTP_PROXY: proxy });
    const failure = await obtainPrograms(options).catch((error) => error);
    expect(failure.what).toMatch(/HTTP_PROXY is ".*", which is not the URL of an HTTP proxy\./);
    expect(failure.remedy).toContain('Set it to a URL such as http://proxy.example.com:8080');
    expect(failure.message).not.toContain('secret');
  });

  it('with a bad URL does not prevent a build from source', async () => {
    const bench = workbench({ HTTP_PROXY: 'socks5://proxy:1080' });
    fakeGo(bench, {});
    expect((await obtainPrograms(bench.options)).pushgateway.origin).toBe('source');
  });

  it('is also used for a download if the URL of the proxy has no scheme', async () => {
    const bench = onlyReleases();
    const { origin } = await serveFiles(pushgatewayRelease(bench));
    const { address, asked } = await tunnelTo(new URL(origin));
    const options = releasedFrom(bench, 'http://releases.example.com');
    const env = { ...bench.env, HTTP_PROXY: address };
    expect((await obtainPrograms({ ...options, env })).pushgateway.origin).toBe('release');
    expect(asked).toEqual(['releases.example.com:80']);
  });

  it('that refuses a tunnel causes an error that contains the address of the proxy', async () => {
    const bench = onlyReleases();
    const { address } = await tunnelTo(undefined);
    const options = releasedFrom(bench, 'http://releases.example.com');
    const env = { ...bench.env, HTTP_PROXY: address };
    await expect(obtainPrograms({ ...options, env })).rejects.toThrowError(
      new RegExp(`download of .* through the proxy http://${address} \\(HTTP_PROXY\\) failed: .*407`),
    );
  });
});

/** Returns the host and the port to which `isReachable` connects for https://github.com. */
async function addressAsked(env: NodeJS.ProcessEnv): Promise<unknown> {
  const asked: unknown[] = [];
  const noting = ((target: unknown) => {
    asked.push(target);
    return new Socket();
  }) as unknown as typeof import('node:net').connect;
  await isReachable('https://github.com', env, 1, noting);
  return asked[0];
}

it('a release is not downloaded for a processor other than amd64 and arm64', async () => {
  const bench = onlyReleases();
  const { origin, asked } = await serveFiles({});
  const options = releasedFrom(bench, origin);
  const seams = { ...options.seams, platform: { os: 'linux', arch: 'riscv64' } as const };
  await expect(obtainPrograms({ ...options, seams })).rejects.toThrowError(
    /release archives are downloaded only for the processors amd64 and arm64, and not for riscv64/,
  );
  expect(asked).toEqual([]);
});
