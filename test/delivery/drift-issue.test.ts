import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { updateDriftIssues } from '../../delivery/drift-issue/drift-issues.ts';
import { readDriftResults } from '../../delivery/drift-issue/results.ts';
import { temporaryFolder } from '../review/temporary-folder.ts';
import { FakeGitHub } from './fake-github.ts';

const marker = (environment: string) => `<!-- prometheus-platform: drift of ${environment} -->`;
const report = '# Drift of dev\n\n- Deployment nats/usdt-exporter: `replicas` is 3, expected 1\n';

/** Writes the exit code and the report of `npm run drift` for each environment. @returns the folder */
function results(all: Readonly<Record<string, readonly [string, string?]>>): string {
  const folder = temporaryFolder();
  for (const [environment, [exitCode, text]] of Object.entries(all)) {
    mkdirSync(join(folder, environment));
    writeFileSync(join(folder, environment, 'exit-code'), `${exitCode}\n`);
    if (text !== undefined) writeFileSync(join(folder, environment, 'drift.md'), text);
  }
  return folder;
}

async function run(github: FakeGitHub, folder: string) {
  const sentences: string[] = [];
  const exitCode = await updateDriftIssues({
    results: readDriftResults(folder),
    api: github.api(),
    runUrl: 'https://github.example/run/1',
    report: (sentence) => sentences.push(sentence),
  });
  return { exitCode, sentences };
}

const states = (github: FakeGitHub) => github.issues.map(({ title, state }) => `${title} ${state}`);

describe('npm run ci:drift-issue', () => {
  it('opens, updates and closes the issue of an environment', async () => {
    const github = await FakeGitHub.start();
    await run(github, results({ dev: ['1', report], prod: ['0', ''] }));
    expect(states(github)).toEqual(['Drift of dev open']);
    expect(github.issues[0]?.body).toMatch(
      new RegExp(`^${marker('dev')}\n\nThe environment dev differs.*\n\n# Drift`),
    );

    const { sentences } = await run(
      github,
      results({ dev: ['1', report.replace('is 3', 'is 5')], prod: ['0'] }),
    );
    expect(states(github)).toEqual(['Drift of dev open']);
    expect(github.issues[0]?.body).toContain('is 5');
    expect(sentences).toEqual([
      `dev: drift. Its issue is updated (#${github.issues[0]?.number}).`,
      'prod: clean. Its issue is not needed.',
    ]);

    await run(github, results({ dev: ['0'], prod: ['1', report] }));
    expect(states(github)).toEqual(['Drift of dev closed', 'Drift of prod open']);
    expect(github.comments.map(({ body }) => body)).toEqual([
      '[A later run](https://github.example/run/1) found no drift.',
    ]);

    await run(github, results({ dev: ['1', report] }));
    expect(states(github)).toEqual(['Drift of dev closed', 'Drift of prod open', 'Drift of dev open']);
  });

  it('does not change an issue if the drift check has the exit code 2', async () => {
    const github = await FakeGitHub.start();
    github.issue(marker('dev')).title = 'Drift of dev';
    const { exitCode } = await run(github, results({ dev: ['2', 'x'], prod: ['2'] }));
    expect({ exitCode, states: states(github) }).toEqual({ exitCode: 2, states: ['Drift of dev open'] });
    expect(github.issues[0]?.body).toBe(marker('dev'));
  });

  it('changes only issues that npm run ci:drift-issue has opened', async () => {
    const github = await FakeGitHub.start();
    const person = github.issue(`${marker('dev')}\nI copied the marker`, { type: 'User' });
    const other = github.issue(marker('development'));
    await run(github, results({ dev: ['1', report] }));
    for (const { state, body } of [person, other]) {
      expect(state).toBe('open');
      expect(body).not.toContain('is 3');
    }
    expect(github.issues).toHaveLength(3);
  });

  it('keeps one open issue for an environment and closes the duplicates', async () => {
    const github = await FakeGitHub.start();
    const [first, second] = [github.issue(marker('dev')), github.issue(marker('dev'))];
    await run(github, results({ dev: ['1', report] }));
    expect([first.state, second.state]).toEqual(['open', 'closed']);
    expect(first.body).toContain('is 3');
    expect(github.issues).toHaveLength(2);
  });

  it('opens only one issue even if GitHub creates the issue but answers 502', async () => {
    const github = await FakeGitHub.start();
    github.refusals.push({ request: /^POST \/issues$/, refusal: { status: 502, afterwards: true } });
    await run(github, results({ dev: ['1', report] }));
    expect(github.issues).toHaveLength(1);
  });

  it('cuts a long report to the limit of GitHub', async () => {
    const github = await FakeGitHub.start();
    await run(
      github,
      results({ dev: ['1', `# Drift\n\n${`## Object\n\n${'x'.repeat(900)}\n\n`.repeat(100)}`] }),
    );
    const body = github.issues[0]?.body ?? '';
    expect(body.length).toBeGreaterThan(60_000);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/The report continues in the artifacts of \[the run\]\(https:.*\)\.$/);
  });

  it.each<[string, Readonly<Record<string, readonly [string, string?]>>, RegExp]>([
    ['no result', {}, /has no result of npm run drift\. Expected a folder for each environment/],
    [
      'an unknown exit code',
      { dev: ['137'] },
      /dev\/exit-code contains "137"\. Expected an exit code of npm run drift: 0, 1 or 2/,
    ],
    [
      'drift without a report',
      { dev: ['1', ' '] },
      /dev\/drift\.md is missing or empty, although npm run drift found drift/,
    ],
  ])('refuses %s', (_what, all, message) => {
    expect(() => readDriftResults(results(all))).toThrow(message);
  });
});
