import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askRegistry } from '../../../delivery/supply-chain/audit/ask-registry.ts';
import { match } from '../../../delivery/supply-chain/audit/match.ts';
import { readAdvisories } from '../../../delivery/supply-chain/audit/read-advisories.ts';
import { auditReport } from '../../../delivery/supply-chain/audit/report.ts';
import { readLock } from '../../../delivery/supply-chain/lock/read-lock.ts';
import { folderWith, integrity, run } from './fixture.ts';

const osv = (events: readonly object[], more: object = {}) => ({
  id: 'GHSA-aaaa-bbbb-cccc',
  aliases: ['CVE-2026-1'],
  summary: 'Something bad',
  database_specific: { severity: 'HIGH' },
  affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'SEMVER', events }] }],
  ...more,
});
const github = {
  ghsa_id: 'GHSA-dddd-eeee-ffff',
  cve_id: null,
  summary: 'Something worse',
  severity: 'critical',
  html_url: 'https://github.com/advisories/GHSA-dddd-eeee-ffff',
  withdrawn_at: null,
  vulnerabilities: [
    { package: { ecosystem: 'npm', name: 'a' }, vulnerable_version_range: '>= 1.0.0, < 1.2.3' },
    { package: { ecosystem: 'pip', name: 'a' }, vulnerable_version_range: '>= 0' },
  ],
};
const advisoriesIn = (content: unknown) => readAdvisories(join(folderWith({ 'a.json': content }), 'a.json'));
const affected = (content: unknown, version: string, ecosystem: 'npm' | 'Go' = 'npm') =>
  match(advisoriesIn(content), [{ ecosystem, name: 'a', version, use: 'production' }]).length > 0;

describe('an advisory of OSV', () => {
  it.each<[events: readonly object[], affects: readonly string[], spares: readonly string[]]>([
    [
      [{ introduced: '0' }, { fixed: '1.2.3' }],
      ['0.0.1', '1.2.2', '1.2.3-rc.1'],
      ['1.2.3', '2.0.0'],
    ],
    [
      [{ introduced: '1.0.0' }, { last_affected: '1.2.3' }],
      ['1.0.0', '1.2.3'],
      ['0.9.9', '1.2.4'],
    ],
    [[{ introduced: '1.0.0' }], ['1.0.0', '99.0.0'], ['0.9.9']],
    [
      [{ introduced: '1.0.0' }, { fixed: '1.1.0' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }],
      ['1.0.5', '2.0.5'],
      ['1.1.0', '1.5.0', '2.1.0'],
    ],
  ])('with the version range %j affects exactly the versions in this range', (events, affects, spares) => {
    expect(affects.filter((version) => !affected(osv(events), version))).toEqual([]);
    expect(spares.filter((version) => affected(osv(events), version))).toEqual([]);
  });

  it('affects exactly the package versions that it lists', () => {
    const entry = osv([], { affected: [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['1.0.1'] }] });
    expect([affected(entry, '1.0.1'), affected(entry, '1.0.2')]).toEqual([true, false]);
  });

  it('affects only packages of its ecosystem', () => {
    const events = [{ introduced: '0' }];
    const entry = osv([], {
      affected: [{ package: { ecosystem: 'Go', name: 'a' }, ranges: [{ type: 'SEMVER', events }] }],
    });
    expect([affected(entry, '1.0.0'), affected(entry, '1.0.0', 'Go')]).toEqual([false, true]);
  });

  it('is left out if it is withdrawn', () => {
    expect(advisoriesIn(osv([{ introduced: '0' }], { withdrawn: '2026-01-01T00:00:00Z' }))).toEqual([]);
  });
});

describe('a file of advisories', () => {
  it('can be a JSON list, JSON lines or a folder of files', () => {
    const entry = osv([{ introduced: '0' }]);
    expect(advisoriesIn([github]).map(({ ranges }) => ranges)).toEqual([['>= 1.0.0  < 1.2.3']]);
    expect(affected([github], '1.2.2')).toBe(true);
    expect(affected([github], '1.2.3')).toBe(false);
    expect(advisoriesIn(`${JSON.stringify(entry)}\n${JSON.stringify(github)}\n`)).toHaveLength(2);
    const folder = folderWith({ '2026/01/a.json': entry, 'b.json': [github], 'README.md': 'text' });
    expect(readAdvisories(folder)).toHaveLength(2);
  });

  it.each<[what: string, content: unknown, message: RegExp]>([
    ['is not JSON', '{"id":', /a\.json: the file is not JSON: .*Name an export/],
    [
      'has an entry in a format other than OSV or GitHub',
      [github, { name: 'a' }],
      /a\.json: entry 2 is no advisory in the format of OSV or of GitHub\. Name/,
    ],
  ])('is refused if it %s', (_what, content, message) => {
    expect(() => advisoriesIn(content)).toThrow(message);
  });

  it('that is missing causes an error with the path of the file', () => {
    const folder = folderWith({});
    expect(() => readAdvisories(join(folder, 'none.json'))).toThrow(/none\.json: .* \(ENOENT\)\. Name/);
    expect(() => readAdvisories(folder)).toThrow(/expected files with the extension \.json, found none/);
  });
});

describe('an accepted advisory', () => {
  const findings = () =>
    match(advisoriesIn(osv([{ introduced: '0' }])), [
      { ecosystem: 'npm', name: 'a', version: '1.0.0', use: 'development' },
    ]);
  const entry = { id: 'CVE-2026-1', package: 'a', reason: 'the code is not called', until: '2026-12-31' };

  it('is still accepted on the day in its field `until`', () => {
    const report = auditReport(findings(), '2026-12-31', [entry]);
    expect(report.failures).toEqual([]);
    expect(report.notes).toEqual([
      expect.stringMatching(/^accepted until 2026-12-31: a 1\.0\.0 .*the code is not called\.$/),
    ]);
  });

  it('is a failure after the day in its field `until`', () => {
    expect(auditReport(findings(), '2027-01-01', [entry]).failures).toEqual([
      expect.stringContaining('Its acceptance ended on 2026-12-31.'),
    ]);
  });

  it('does not cover another package', () => {
    const other = { ...entry, package: 'b' };
    expect(auditReport(findings(), '2026-01-01', [other]).failures).toEqual([
      'a 1.0.0 (development): high, GHSA-aaaa-bbbb-cccc: Something bad. Affected: >=0.0.0-0. https://osv.dev/vulnerability/GHSA-aaaa-bbbb-cccc Update the package. If the vulnerability does not apply to this project, add an entry with a reason and the last day of the acceptance to delivery/supply-chain/audit/accepted.ts.',
      'The acceptance of CVE-2026-1 for b applies to no package. Delete it from delivery/supply-chain/audit/accepted.ts.',
    ]);
  });
});

/** Starts a mock npm registry. If `answer` is undefined, a request for advisories gets no answer. */
async function registry(answer: { readonly status: number; readonly body: unknown } | undefined) {
  const server = createServer((request, response) => {
    request.resume();
    const isQuestion = request.url === '/-/npm/v1/security/advisories/bulk';
    if (isQuestion && answer === undefined) return;
    response.writeHead(isQuestion ? (answer?.status ?? 200) : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isQuestion ? answer?.body : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('a request to the npm registry', { timeout: 60_000 }, () => {
  const lockOf = (address: string) => {
    const entry = { version: '1.0.0', integrity, dev: true };
    const text = {
      lockfileVersion: 3,
      packages: { '': { devDependencies: { a: '1.0.0' } }, 'node_modules/a': entry },
    };
    const folder = folderWith({
      'package.json': { name: 'project', version: '1.0.0', devDependencies: { a: '1.0.0' } },
      'package-lock.json': text,
      '.npmrc': `registry=${address}\n`,
    });
    return readLock(join(folder, 'package-lock.json'));
  };

  it('returns the advisories and the affected versions', async () => {
    const advisory = {
      id: 7,
      url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
      title: 'bad',
      severity: 'high',
      vulnerable_versions: '<2.0.0',
    };
    const findings = await askRegistry(
      lockOf(await registry({ status: 200, body: { a: [advisory] } })),
      30_000,
    );
    expect(findings).toEqual([
      {
        advisory: {
          id: 'GHSA-aaaa-bbbb-cccc',
          aliases: ['7'],
          severity: 'high',
          title: 'bad',
          url: advisory.url,
          ranges: ['<2.0.0'],
        },
        package: 'a',
        versions: ['1.0.0'],
        uses: ['development'],
      },
    ]);
  });

  it('returns no advisory if the registry has none', async () => {
    expect(await askRegistry(lockOf(await registry({ status: 200, body: {} })), 30_000)).toEqual([]);
  });

  it('fails if the registry refuses the request', async () => {
    const asked = askRegistry(lockOf(await registry({ status: 405, body: {} })), 30_000);
    await expect(asked).rejects.toThrow(
      /^Could not ask the registry for advisories: 405 Method Not Allowed .*--advisories/,
    );
  });

  it('fails if the registry cannot be reached', async () => {
    await expect(askRegistry(lockOf('http://127.0.0.1:9/'), 30_000)).rejects.toThrow(
      /^Could not ask the registry .*ECONNREFUSED/,
    );
  });

  it('fails if the registry does not answer in time', async () => {
    await expect(askRegistry(lockOf(await registry(undefined)), 3000)).rejects.toThrow(
      'Could not ask the registry for advisories: the registry did not answer within 3 s.',
    );
  });
});

describe('npm run audit', { timeout: 60_000 }, () => {
  it('ends with exit code 1 only if an advisory affects a package', async () => {
    const entry = (ecosystem: string, name: string, fixed: string) =>
      osv([], {
        affected: [
          {
            package: { ecosystem, name },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
          },
        ],
      });
    const folder = folderWith({
      'bad.json': [
        entry('npm', 'hono', '999.0.0'),
        entry('Go', 'github.com/prometheus/prometheus', '999.0.0'),
      ],
      'good.json': [entry('npm', 'hono', '0.0.1')],
    });
    const [bad, good] = await Promise.all(
      ['bad', 'good'].map((name) => run('audit', '--advisories', join(folder, `${name}.json`))),
    );
    expect(bad?.exitCode).toBe(1);
    expect(bad?.stderr).toMatch(/^hono \d\S+ \(production\): high, GHSA-aaaa-bbbb-cccc/);
    expect(bad?.stderr).toMatch(
      /^github\.com\/prometheus\/prometheus 0\.[^(]+\(compiled into prometheus, promtool/m,
    );
    expect({ exitCode: good?.exitCode, stderr: good?.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(good?.stdout).toMatch(/^lock file: \d+ packages, 0 problems\n1 advisories of .*: 0 apply$/);
  });

  it('ends with exit code 2 for an unreadable file', async () => {
    const { exitCode, stderr } = await run('audit', '--advisories', '/no/such/file');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^\/no\/such\/file: the advisories cannot be read \(ENOENT\)\. .*\.$/);
    const ofFolder = await run('audit', '--advisories', folderWith({ 'folder.json/a.txt': '' }));
    expect(ofFolder.exitCode).toBe(2);
    expect(ofFolder.stderr).toMatch(/folder\.json: the advisories cannot be read \(EISDIR\)\. .*\.$/);
  });
});
