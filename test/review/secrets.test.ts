import { describe, expect, it } from 'vitest';
import { PlanError } from '../../review/plan/plan-error.ts';
import type { Plan } from '../../review/plan/read-plan.ts';
import { jsonReport } from '../../review/report/json.ts';
import { markdownReport } from '../../review/report/markdown.ts';
import { sarifReport } from '../../review/report/sarif.ts';
import { reviewPlans } from '../../review/review.ts';
import { plainSecrets } from '../../review/secrets/find.ts';
import { azurePlan, azureStacks } from './azure-plan.ts';
import { type Draft, draftChange, planWith } from './draft-plan.ts';
import { releaseChange } from './local-change.ts';
import { type RecordedPlan, recorded, recordedPlans } from './recorded.ts';

const secret = 'hunter2-hunter2';
const policy = { failOn: undefined, accept: [] };

function reports(plan: Plan): string {
  const review = reviewPlans([plan]);
  return [markdownReport, jsonReport, sarifReport].map((report) => report(review, policy)).join('\n');
}

function refusal(plan: Plan): string {
  try {
    reviewPlans([plan]);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return error.message;
  }
  throw new Error('the plan was accepted');
}

describe('a sensitive value of Terraform', () => {
  const change = (before: Draft, after: Draft, marks: Draft): Plan => {
    const draft = draftChange('azurerm_thing', 't', 'update', before, after);
    return planWith('s', [
      { ...draft, change: { ...draft.change, before_sensitive: marks, after_sensitive: marks } },
    ]);
  };

  it('is not in a report, but the report shows the change', () => {
    const plan = change({ key: `${secret}-1` }, { key: `${secret}-2` }, { key: true });
    expect(reports(plan)).not.toContain(secret);
    expect(reports(plan)).toContain('(sensitive value)');
    expect(reviewPlans([plan]).stacks[0]?.changes).toHaveLength(1);
  });

  it('is not a change if it stays the same', () => {
    const plan = change({ key: secret, a: 1 }, { key: secret, a: 1 }, { key: true });
    expect(reviewPlans([plan]).stacks[0]?.changes).toEqual([]);
  });

  it('is hidden in a list and in a sensitive resource', () => {
    const nested = change({ l: [{ k: secret }] }, { l: [{ k: `${secret}x` }] }, { l: [{ k: true }] });
    const whole = change({ k: secret }, { k: `${secret}x` }, true);
    for (const plan of [nested, whole]) expect(reports(plan)).not.toContain(secret);
  });

  it('does not appear in the report as part of another attribute', () => {
    const plan = change(
      { key: secret, text: 'a' },
      { key: secret, text: `--login=${secret}` },
      { key: true },
    );
    expect(reports(plan)).not.toContain(secret);
  });

  it.each<[what: string, sensitive: Draft, copy: Draft]>([
    ['a number', 48213377, { text: 48213377 }],
    ['a number inside a text', 48213377, { text: '--pin=48213377' }],
    ['a negative number', -4821337, { text: '-4821337' }],
    ['a text in a list', ['short', secret], { text: `x,${secret}` }],
    ['a number in a list', [1, 48213377], { text: [48213377] }],
    ['a text in a URL', 'hunter2/hunter2', { text: 'https://example.com/?a=hunter2%2Fhunter2' }],
  ])('is hidden in every attribute if the value is %s', (_, sensitive, copy) => {
    const plan = change({ key: sensitive, text: 'a' }, { key: sensitive, ...copy }, { key: true });
    for (const leak of ['48213377', '4821337', 'hunter2']) expect(reports(plan)).not.toContain(leak);
    expect(reports(plan)).toContain('(sensitive value)');
  });

  it('is not hidden in other attributes if the value is 9090 or 100000', () => {
    for (const number of [9090, 100_000]) {
      const plan = change({ key: number, port: 1 }, { key: number, port: number }, { key: true });
      expect(reports(plan)).toContain(String(number));
    }
  });

  it('is hidden in the chart values of a release', () => {
    const release = (text: string) => ({ name: 'r', namespace: 'n', values: [`{"plain":"${text}"}`] });
    const draft = draftChange('helm_release', 'r', 'update', release(secret), release(`${secret}x`));
    const marks = { values: true };
    const plan = planWith('s', [
      { ...draft, change: { ...draft.change, before_sensitive: marks, after_sensitive: marks } },
    ]);
    expect(reports(plan)).not.toContain(secret);
  });
});

describe('a plan with a secret in plain text', () => {
  const key = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIB';
  it.each<[what: string, edit: (values: Draft) => void]>([
    [
      'a password in chart values',
      (values) => {
        values.grafana.adminPassword = secret;
      },
    ],
    [
      'a client secret in a nested file',
      (values) => {
        values.grafana['grafana.ini']['auth.generic_oauth'] = { client_secret: secret };
      },
    ],
    [
      'a variable of a container',
      (values) => {
        values.grafana.extra = [{ name: 'API_TOKEN', value: secret }];
      },
    ],
    [
      'a private key under any name',
      (values) => {
        values.extra = `${key}${secret}`;
      },
    ],
    [
      'a password in a URL',
      (values) => {
        values.extra = `https://user:${secret}@example.com`;
      },
    ],
    [
      'the data of a Secret',
      (values) =>
        values.extraManifests.push({ kind: 'Secret', metadata: { name: 's' }, stringData: { a: secret } }),
    ],
    [
      'a line of a configuration file',
      (values) => {
        values.extra = `[smtp]\npassword = ${secret}\n`;
      },
    ],
    [
      'a JSON document in a text',
      (values) => {
        values.extra = `{"password":"${secret}"}`;
      },
    ],
  ])('is refused if the secret is %s', (_, edit) => {
    const message = refusal(releaseChange('kube-prometheus-stack', edit));
    expect(message).toMatch(/contains a secret as plain text/);
    expect(message).toContain('release kube-prometheus-stack in airflow-3: ');
    expect(message).toContain('docs/secrets.md');
    expect(message).not.toContain(secret);
  });

  it('is refused even if the resource does not change', () => {
    const release = { name: 'r', namespace: 'n', values: [`{"password":"${secret}"}`] };
    const draft = draftChange('helm_release', 'r', 'update', release, release);
    const plan = planWith('s', [{ ...draft, change: { ...draft.change, actions: ['no-op'] } }]);
    expect(refusal(plan)).toContain('password is a value with the name of a secret');
  });

  it('is refused if the secret is in a variable or a `set` block', () => {
    const release = {
      name: 'r',
      namespace: 'n',
      values: [],
      set: [{ name: 'grafana.adminPassword', value: secret }],
    };
    expect(refusal(planWith('s', [draftChange('helm_release', 'r', 'create', null, release)]))).not.toContain(
      secret,
    );
    expect(refusal(planWith('s', [], { variables: { registry_password: { value: secret } } }))).toContain(
      'variable registry_password',
    );
  });

  it('is accepted if the secret is in a sensitive variable', () => {
    const variables = { registry_password: { value: secret } };
    const configuration = { root_module: { variables: { registry_password: { sensitive: true } } } };
    expect(reports(planWith('s', [], { variables, configuration }))).not.toContain(secret);
  });

  it('is refused with an error that names at most ten places', () => {
    const values = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`p${index}`, { password: secret }]),
    );
    const message = refusal(releaseChange('pushgateway', (all) => Object.assign(all, values)));
    expect(message).toContain('contains 30 secrets');
    expect(message).toContain('and 20 more');
  });
});

describe('a value with a key such as `password`', () => {
  it.each<[what: string, tree: Draft]>([
    ['a number', { password: 48213377 }],
    ['a number of a variable', { env: [{ name: 'API_TOKEN', value: 4821 }] }],
    ['a list of texts', { token: [secret, 'other'] }],
    ['a list of numbers', { accessKey: [48213377] }],
    ['the value of a set_list', { name: 'grafana.adminPassword', value: [secret] }],
    ['a variable of PostgreSQL', { env: [{ name: 'PGPASSWORD', value: secret }] }],
  ])('is refused if it is %s', (_, tree) => {
    expect(plainSecrets(tree)).toMatchObject([{ what: 'a value with the name of a secret' }]);
  });

  it.each<[what: string, tree: Draft]>([
    ['a small number', { token: 20 }],
    ['a list of references', { token: ['$TOKEN', ''] }],
    ['a list of objects', { credentials: [{ name: 'a' }] }],
  ])('is accepted if it is %s', (_, tree) => {
    expect(plainSecrets(tree)).toEqual([]);
  });
});

describe('the search for secrets in the arguments of a command', () => {
  it.each<[what: string, args: readonly string[]]>([
    ['follows an option such as --client-secret', ['--user', 'a', '--client-secret', secret]],
    ['has the form --client-secret=<secret>', [`--client-secret=${secret}`]],
  ])('reports an argument that %s', (_, args) => {
    expect(plainSecrets({ args })).toMatchObject([{ path: ['args', String(args.length - 1)] }]);
  });

  it.each<[what: string, args: readonly string[]]>([
    ['the path of a file', ['--password-file', '/etc/x', '--token', '/etc/token', '--token=/etc/token']],
    [
      'a reference to a variable',
      ['--client-secret=$(CLIENT_SECRET)', '--client-secret', '$(CLIENT_SECRET)'],
    ],
    ['an option that follows --use-token', ['--use-token', '--verbose']],
    ['a command that follows --use-token', ['--use-token', 'serve', '--max-token', '20']],
    ['a name of a Secret', ['--image-pull-secret', 'regcred', '--image-pull-secret=regcred']],
    ['a variable with a digit', ['--password=$(S3_PASSWORD)', '--password', '$(S3_PASSWORD)']],
    ['a header with a reference', ['--token=Bearer $(TOKEN)']],
    ['a path after @', ['--token=@/etc/x', '--password=./x', '--secret', 'id=foo,src=/x']],
    ['a lifetime or a name', ['--secret-name', 'x', '--token-ttl', '3600', '--from-literal', 'a=b']],
    ['a command that reads a file', ['sh', '-c', 'PASSWORD=$(cat /etc/x) psql']],
    ['a label in PromQL', ['sum(rate(x{token=~"a.+", secret="b"}[5m]))']],
  ])('does not report %s', (_, args) => {
    expect(plainSecrets({ args })).toEqual([]);
  });
});

it('the error about a refused plan contains no sensitive value', () => {
  const named = draftChange('azurerm_thing', 'a', 'create', null, {
    name: secret,
    [secret]: { password: 'x-1' },
  });
  const marked = draftChange('azurerm_thing', 'b', 'create', null, { key: secret });
  const message = refusal(
    planWith('s', [named, { ...marked, change: { ...marked.change, after_sensitive: { key: true } } }]),
  );
  expect(message).not.toContain(secret);
  expect(message).toContain('thing (sensitive value): (sensitive value).password is');
});

describe('the search for secrets in a plan', () => {
  it.each<[what: string, tree: Draft]>([
    ['the name of a Secret', { existingSecret: 'grafana-admin', secretName: 'x', secret: { name: 'x' } }],
    ['the key in a Secret', { passwordKey: 'admin-password', key: 'tls.key' }],
    ['a file', { auth_password_file: '/etc/x', password: '/etc/secrets/x' }],
    ['an environment variable', { password: `$__env{PASSWORD}`, token: `\${TOKEN}` }],
    ['a boolean value', { automountServiceAccountToken: false, token: 'true' }],
    ['words that end like a secret', { bypass: 'AzureServices', compass: 'north', atlas: 'x' }],
    ['a URL without a password', { url: 'https://example.com:9090/a@b' }],
    ['an empty value', { password: '' }],
  ])('finds no secret in %s', (_, tree) => {
    expect(plainSecrets(tree)).toEqual([]);
  });

  it.each(Object.keys(recordedPlans))('accepts the recorded plan %s', (name) => {
    expect(() => reviewPlans([recorded(name as RecordedPlan)])).not.toThrow();
  });

  it.each(azureStacks)('accepts the recorded plan of the Azure stack %s', (name) => {
    expect(() => reviewPlans([azurePlan(name)])).not.toThrow();
  });
});
