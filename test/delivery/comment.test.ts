import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commentBody } from '../../delivery/comment/body.ts';
import { commentOnPlans } from '../../delivery/comment/comment-on-plans.ts';
import { cutMarkdown } from '../../delivery/comment/cut.ts';
import { readJob } from '../../delivery/github/settings.ts';
import { writeReview } from '../../delivery/reports/verdict.ts';
import { reviewPlans } from '../../review/review.ts';
import { type RecordedPlan, recorded } from '../review/recorded.ts';
import { temporaryFolder } from '../review/temporary-folder.ts';
import { FakeGitHub, token } from './fake-github.ts';

const marker = '<!-- prometheus-platform: plan review -->';
const runUrl = 'https://github.example/run/1';

/** Writes the reviews of environments as `npm run ci:plan` does. @returns the folder */
function reviews(plans: Readonly<Record<string, RecordedPlan>>): string {
  const folder = temporaryFolder();
  for (const [environment, plan] of Object.entries(plans)) {
    writeReview(join(folder, environment), environment, reviewPlans([recorded(plan)]), {
      failOn: undefined,
      accept: [],
    });
  }
  return folder;
}

interface Run {
  readonly github: FakeGitHub;
  readonly plans: Readonly<Record<string, RecordedPlan>>;
  readonly environments?: readonly string[];
  /** Head of the pull request when the run started. */
  readonly commit?: string;
}

async function run({ github, plans, environments = Object.keys(plans), commit = 'a'.repeat(40) }: Run) {
  const event = join(temporaryFolder(), 'event.json');
  const pullRequest = { number: 7, head: { sha: commit }, labels: [] };
  writeFileSync(event, JSON.stringify({ action: 'labeled', pull_request: pullRequest }));
  const sentences: string[] = [];
  const exitCode = await commentOnPlans({
    ...{ reviews: reviews(plans), environments, event, api: github.api(), runUrl },
    report: (sentence) => sentences.push(sentence),
  });
  return { exitCode, sentences };
}

describe('npm run ci:comment', () => {
  it('updates its comment in a later run', async () => {
    const github = await FakeGitHub.start();
    github.comment(`${marker}\nI copied the marker`, 'User');
    github.comment('another bot');
    await run({ github, plans: { dev: 'functions-image-tag' } });
    await run({ github, plans: { dev: 'functions-image-tag', prod: 'no-changes-local-workloads' } });
    expect(github.comments).toHaveLength(3);
    const body = github.comments[2]?.body ?? '';
    expect(body).toMatch(
      new RegExp(`^${marker}\n\n## Plans of aaaaaaaaaaaa: accepted\n\n\\| environment \\|`),
    );
    expect(body).toMatch(/\| dev \| 3 \| review \| `[0-9a-f]{12}` \|\n\| prod \| 0 \| no changes \|/);
    expect(body).toContain('### dev\n\n| stack |');
    expect(body).not.toContain('--fail-on');
    expect(github.comments[0]?.body).toContain('I copied the marker');
  });

  it('finds its comment among more than 100 comments', async () => {
    const github = await FakeGitHub.start();
    for (let index = 0; index < 130; index += 1) github.comment(`comment ${index}`, 'User');
    const [first, second] = [github.comment(marker), github.comment(marker)];
    await run({ github, plans: { dev: 'functions-image-tag' } });
    expect(first.body).toContain('### dev');
    expect(github.comments).not.toContain(second);
    expect(github.comments).toHaveLength(131);
  });

  it('creates no comment if no environment changes', async () => {
    const github = await FakeGitHub.start();
    expect(await run({ github, plans: {} })).toMatchObject({ exitCode: 0 });
    expect(github.comments).toEqual([]);
    const earlier = github.comment(`${marker}\n\nold`);
    await run({ github, plans: {} });
    expect(earlier.body).toContain('This pull request changes no environment that CI can plan.');
  });

  it.each<[RecordedPlan, string[], number, string]>([
    ['edge-removed-monitoring', [], 1, 'refused'],
    ['edge-removed-monitoring', ['plan:accept-dangerous'], 0, 'accepted'],
    ['nats-replicas-1-to-3', ['plan:accept-dangerous'], 1, 'refused'],
    ['nats-replicas-1-to-3', ['plan:accept-irreversible'], 0, 'accepted'],
    ['functions-image-tag', [], 0, 'accepted'],
  ])(
    'with the plan %s and the labels %j exits with code %i and reports the plan as %s',
    async (plan, labels, exitCode, outcome) => {
      const github = await FakeGitHub.start();
      await run({ github, plans: { prod: plan } });
      github.labels = labels;
      expect((await run({ github, plans: { prod: plan } })).exitCode).toBe(exitCode);
      expect(github.comments[0]?.body).toContain(`## Plans of aaaaaaaaaaaa: ${outcome}\n`);
      if (outcome === 'refused') expect(github.comments[0]?.body).toContain('add the label `plan:accept-');
    },
  );

  it.each<[string, Readonly<Record<string, RecordedPlan>>, string]>([
    ['is about another commit', { dev: 'edge-removed-monitoring' }, 'b'.repeat(40)],
    ['shows outdated plans', { dev: 'functions-image-tag' }, 'a'.repeat(40)],
    ['shows no plan of the environment', {}, 'a'.repeat(40)],
  ])('removes plan:accept-* if the last comment %s', async (_what, plans, commit) => {
    const github = await FakeGitHub.start();
    github.head = commit;
    await run({ github, plans, environments: ['dev'], commit });
    github.head = 'a'.repeat(40);
    github.labels = ['bug', 'plan:accept-dangerous', 'plan:accept-irreversible'];
    const { exitCode, sentences } = await run({ github, plans: { dev: 'edge-removed-monitoring' } });
    expect(github.labels).toEqual(['bug']);
    expect(sentences[0]).toBe(
      'The label plan:accept-dangerous was removed, because no earlier comment shows the plans of this run. Read the comment of this run. To accept the plans, add the label again.',
    );
    expect(exitCode).toBe(1);
  });

  it('ignores a fake plan table inside a plan report', async () => {
    const github = await FakeGitHub.start();
    await run({ github, plans: { dev: 'edge-removed-monitoring' } });
    const [comment] = github.comments;
    if (!comment) throw new Error('no comment');
    const [copied = ''] = comment.body.split('\n\n### ');
    comment.body = `${marker}\n\n## Plans of bbbbbbbbbbbb: accepted\n\n### dev\n\n${copied}`;
    github.labels = ['plan:accept-dangerous'];
    expect((await run({ github, plans: { dev: 'edge-removed-monitoring' } })).exitCode).toBe(1);
  });

  it('names an environment that could not be planned', async () => {
    const github = await FakeGitHub.start();
    github.labels = ['plan:accept-irreversible'];
    const { exitCode } = await run({
      github,
      plans: { dev: 'functions-image-tag' },
      environments: ['dev', 'prod'],
    });
    expect(exitCode).toBe(2);
    expect(github.comments[0]?.body).toContain(
      '**prod could not be planned.** The log of its job has the reason.',
    );
  });

  it('writes nothing for a commit that is no longer the newest commit', async () => {
    const github = await FakeGitHub.start();
    github.head = 'b'.repeat(40);
    await expect(run({ github, plans: { dev: 'functions-image-tag' } })).rejects.toThrow(
      /This run has planned a{40}, but the newest commit of the pull request 7 is b{40}\./,
    );
    expect(github.requests).toEqual(['GET /pulls/7']);
  });

  it('refuses an invalid event file and an invalid verdict.json', async () => {
    const github = await FakeGitHub.start();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dev'));
    writeFileSync(join(folder, 'dev/verdict.json'), '{"version":1,"tier":"safe"}');
    const event = join(folder, 'event.json');
    const command = {
      reviews: folder,
      environments: ['dev'],
      event,
      api: github.api(),
      runUrl,
      report: () => {},
    };
    for (const text of ['{', '{"action":"push"}']) {
      writeFileSync(event, text);
      await expect(commentOnPlans(command)).rejects.toThrow('is not the event of a pull request');
    }
    writeFileSync(
      event,
      JSON.stringify({
        action: 'labeled',
        pull_request: { number: 7, head: { sha: 'a'.repeat(40) }, labels: [] },
      }),
    );
    await expect(commentOnPlans(command)).rejects.toThrow(
      'dev/verdict.json is not a verdict of npm run ci:plan',
    );
    expect(github.comments).toEqual([]);
  });
});

describe('a request to GitHub', () => {
  const send = async (github: FakeGitHub) => run({ github, plans: { dev: 'functions-image-tag' } });

  it.each<[string, number, Record<string, string>]>([
    ['a server error', 502, {}],
    ['a rate limit error', 429, { 'retry-after': '0' }],
    ['a secondary rate limit error', 403, { 'retry-after': '0' }],
  ])('is repeated after %s', async (_what, status, headers) => {
    const github = await FakeGitHub.start();
    github.refusals.push({ request: /^POST/, refusal: { status, headers } });
    expect((await send(github)).exitCode).toBe(0);
    expect(github.comments).toHaveLength(1);
  });

  it('creates only one comment even if GitHub reports an error afterwards', async () => {
    const github = await FakeGitHub.start();
    github.refusals.push({ request: /^POST/, refusal: { status: 500, afterwards: true } });
    await send(github);
    expect(github.comments).toHaveLength(1);
  });

  it('is repeated at most three times', async () => {
    const github = await FakeGitHub.start();
    for (let index = 0; index < 10; index += 1)
      github.refusals.push({ request: /^GET \/pulls/, refusal: { status: 503 } });
    await expect(send(github)).rejects.toThrow(
      /answered 503\. All 4 attempts failed\. Run the job again later\.$/,
    );
    expect(github.requests).toHaveLength(4);
  });

  it('ends at its deadline if the server does not answer', async () => {
    const github = await FakeGitHub.start();
    github.silent = /^GET/;
    const api = github.api({ deadline: 20, attempts: 2 });
    await expect(api.repeat(() => api.request('GET', '/pulls/7'))).rejects.toThrow(
      /failed \(TimeoutError\)\. All 2 attempts failed/,
    );
  });

  it('follows no redirect', async () => {
    const github = await FakeGitHub.start();
    const headers = { location: `${github.url}/elsewhere` };
    github.refusals.push({ request: /^GET/, refusal: { status: 307, headers } });
    const api = github.api({ attempts: 1 });
    await expect(api.repeat(() => api.request('GET', '/pulls/7'))).rejects.toThrow(/failed/);
    expect(github.requests).toEqual(['GET /pulls/7']);
  });

  it('is not repeated if GitHub refuses the request', async () => {
    const github = await FakeGitHub.start();
    const body = '{"message":"Resource not accessible by integration"}';
    github.refusals.push({ request: /^POST/, refusal: { status: 403, body } });
    const error = await send(github).catch((reason) => reason);
    expect(error.message).toMatch(
      /^POST .*\/issues\/7\/comments answered 403 \(Resource not accessible by integration\)\. Give the job the permission/,
    );
    expect(JSON.stringify(error) + error.stack).not.toContain(token);
    expect(github.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('needs the environment variables of a GitHub Actions job', () => {
    expect(() => readJob({})).toThrow(/GITHUB_TOKEN: expected the token of the job, got nothing/);
    const env = {
      GITHUB_TOKEN: token,
      GITHUB_REPOSITORY: 'no',
      GITHUB_RUN_ID: '1',
      GITHUB_API_URL: 'ftp://x',
    };
    const message = (() => {
      try {
        readJob(env);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message).toMatch(/^GITHUB_REPOSITORY: .*\nGITHUB_API_URL: /);
    expect(message).not.toContain(token);
    expect(readJob({ ...env, GITHUB_REPOSITORY: 'a/b', GITHUB_API_URL: '' })).toEqual({
      token,
      repository: 'a/b',
      apiUrl: 'https://api.github.com',
      runUrl: 'https://github.com/a/b/actions/runs/1',
    });
  });
});

describe('a long report', () => {
  const fold = (text: string) => `<details><summary>x</summary>\n\n${text}\n\n</details>\n\n`;

  it('is cut only before a heading or a folded section', () => {
    const text = `# Title\n\n${fold('one')}## Next\n\n${fold('# not a heading\ntwo')}`;
    for (let limit = 0; limit < text.length; limit += 1) {
      const cut = cutMarkdown(text, limit);
      expect(cut.isCut).toBe(true);
      expect(cut.text.length).toBeLessThanOrEqual(limit);
      expect(cut.text.split('<details>').length).toBe(cut.text.split('</details>').length);
      expect(text.slice(cut.text.length)).toMatch(/^(#{1,2} |<details>)/);
    }
    expect(cutMarkdown(text, text.length)).toEqual({ text, isCut: false });
  });

  it('of several environments fits into one comment', () => {
    const report = `# Plan review: review\n\n**Passed:** x\n\n${fold('x'.repeat(500)).repeat(115)}`;
    const verdict = { version: 1, tier: 'review', changes: 1, digest: 'a'.repeat(64) } as const;
    const environments = ['dev', 'prod', 'edge'];
    const body = commentBody({
      ...{ marker, commit: 'a'.repeat(40), runUrl, policy: { failOn: 'dangerous', labels: [] } },
      reviews: environments.map((environment) => ({
        environment,
        report,
        verdict: { ...verdict, environment },
      })),
    });
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(60_000);
    for (const environment of environments) {
      expect(body).toContain(`### ${environment}\n`);
      expect(body).toContain(
        `The report of ${environment} continues in the artifacts of [this run](${runUrl}).`,
      );
    }
  });
});
