import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { PlanError } from '../../review/plan/plan-error.ts';
import { type Plan, parsePlan, readPlan } from '../../review/plan/read-plan.ts';
import { jsonReport } from '../../review/report/json.ts';
import { markdownReport } from '../../review/report/markdown.ts';
import { sarifReport } from '../../review/report/sarif.ts';
import { reviewPlans } from '../../review/review.ts';
import { plainSecrets } from '../../review/secrets/find.ts';
import { type Draft, draftChange, planText, planWith } from './draft-plan.ts';
import { releaseChange } from './local-change.ts';
import { temporaryFolder } from './temporary-folder.ts';

const policy = { failOn: undefined, accept: [] };

function reports(plan: Plan): string {
  const review = reviewPlans([plan]);
  return [markdownReport, jsonReport, sarifReport].map((report) => report(review, policy)).join('\n');
}

const markdown = (plan: Plan) => markdownReport(reviewPlans([plan]), policy);

const release = (values: Draft) => ({ name: 'r', namespace: 'n', values: [JSON.stringify(values)] });

const marked = (draft: ReturnType<typeof draftChange>, marks: Draft) => ({
  ...draft,
  change: { ...draft.change, before_sensitive: marks, after_sensitive: marks },
});

describe('a sensitive value', () => {
  const account = (password: string) =>
    marked(draftChange('azurerm_thing', 't', 'update', { password: 'old-one-1' }, { password }), {
      password: true,
    });

  it.each([
    ['a copy with quotes', 'a"hunter2"hunter2', (text: string) => text],
    ['a copy with a line break', 'one-1\nhunter2', (text: string) => text],
    ['a copy with the characters <, > and &', 'a<b>&hunter2', (text: string) => text],
    ['a Base64 copy of the value', 'hunter2-hunter2', (text: string) => Buffer.from(text).toString('base64')],
  ])('is in no report, even if the chart values contain %s', (_, password, spelling) => {
    const plan = planWith('s', [
      account(password),
      draftChange('helm_release', 'r', 'update', release({ a: 'x' }), release({ a: spelling(password) })),
    ]);
    const shown = JSON.stringify(spelling(password)).slice(1, -1);
    expect(reports(plan)).not.toContain(shown);
    expect(reports(plan)).toContain('(sensitive value)');
  });

  it('is in no report, even if the name of a key contains the value', () => {
    const plan = planWith('s', [
      account('hunter2-hunter2'),
      draftChange('azurerm_subnet', 'a', 'update', { a: 1 }, { a: { 'hunter2-hunter2': 1 } }),
    ]);
    expect(reports(plan)).not.toContain('hunter2');
  });

  it('is in no report, even if the scope of a role assignment contains the value', () => {
    const plan = planWith(
      's',
      [
        draftChange('azurerm_role_assignment', 'a', 'create', null, { role_definition_name: 'Reader' }),
        marked(
          draftChange('azurerm_key_vault', 'v', 'update', { name: 'hunter2' }, { name: 'hunter2', a: 1 }),
          { name: true },
        ),
      ],
      {
        configuration: {
          root_module: {
            resources: [
              {
                address: 'azurerm_role_assignment.a',
                expressions: { scope: { references: ['azurerm_key_vault.v.id'] } },
              },
            ],
          },
        },
      },
    );
    expect(reports(plan)).not.toContain('hunter2');
  });

  it.each([
    ['a list and an object', { a: { b: 'hunter2' } }, { a: [true] }],
    ['an object and a list', { a: ['hunter2'] }, { a: { b: true } }],
    ['an object and a text', { a: 'hunter2' }, { a: { b: true } }],
  ])('is hidden if `after_sensitive` and `after` have different types: %s', (_, after, marks) => {
    const draft = draftChange('azurerm_subnet', 'a', 'update', { a: 'x' }, after);
    const plan = planWith('s', [{ ...draft, change: { ...draft.change, after_sensitive: marks } }]);
    expect(reports(plan)).not.toContain('hunter2');
  });
});

describe('a hostile text in a plan', () => {
  const hostile = [
    'a\\| <img src=x onerror=alert(1)> [click](https://evil.example) \\|',
    '&lt;img src=x&gt;',
    'https://evil.example/login',
    'www.evil.example',
    '`` ` <script>alert(1)</script>',
    '</b></summary></details><h1>Passed</h1>',
    '|---|\n| a |',
    '$\\href{https://evil.example}{x}$',
  ];

  const plans = (text: string): readonly Plan[] => [
    planWith('s', [draftChange('azurerm_subnet', 'a', 'update', { name: text, a: 1 }, { name: text, a: 2 })]),
    planWith('s', [draftChange('azurerm_subnet', text, 'create', null, { a: text })]),
    planWith('s', [draftChange('azurerm_subnet', 'a', 'update', { a: 'x' }, { [text]: text })]),
    releaseChange('kube-prometheus-stack', (values) =>
      values.extraManifests.push({
        kind: 'ServiceMonitor',
        metadata: { name: text, namespace: text },
        spec: {},
      }),
    ),
  ];

  it.each(hostile.flatMap((text) => plans(text).map((plan, index) => [text, index, plan] as const)))(
    'becomes plain text in the Markdown report: %j in test plan %i',
    (_, __, plan) => {
      const page = new Marked({ gfm: true }).parse(markdown(plan)) as string;
      const tags = [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag = '']) => tag.toLowerCase());
      for (const tag of ['img', 'script', 'a']) expect(tags).not.toContain(tag);
      expect(tags.filter((tag) => tag === 'h1')).toHaveLength(2);
      expect(tags.filter((tag) => tag === 'summary').length % 2).toBe(0);
      for (const row of markdown(plan)
        .split('\n')
        .filter((line) => line.startsWith('| '))) {
        expect(row.replaceAll('\\|', '')).toBe(row);
      }
    },
  );

  it.each([
    ['a mention of a person', '@everyone', '@everyone'],
    ['the HTML text &#64;everyone', '@everyone', '&#64;everyone'],
    ['a link to an issue', '#12', '#12'],
  ])('does not become %s in the Markdown report', (_, name, link) => {
    const plan = planWith('s', [
      draftChange('azurerm_subnet', 'a', 'update', { name, a: 1 }, { name, a: 2 }),
    ]);
    expect(markdown(plan)).not.toContain(link);
  });

  it.each(['\u001b[2K', '\u202e', '\u2066', '\u0000', '\u200b'])(
    'is reported with an escape sequence instead of the character %j',
    (mark) => {
      const name = `a${mark}b`;
      const value = { name, a: 1 };
      const plan = planWith('s', [
        draftChange('azurerm_subnet', 'a', 'update', value, { name, a: `x${mark}` }),
      ]);
      expect(markdown(plan)).not.toContain(mark.charAt(0));
      expect(markdown(plan)).toContain(`\\u{${mark.charCodeAt(0).toString(16)}}`);
    },
  );
});

it('the SARIF report escapes a Markdown link in the name of a resource', () => {
  const value = { name: '[x](https://evil.example)', a: 1 };
  const plan = planWith('s', [draftChange('azurerm_subnet', 'a', 'update', value, { ...value, a: 2 })]);
  const { text } = JSON.parse(sarifReport(reviewPlans([plan]), policy)).runs[0].results[0].message;
  expect(text).toContain('\\[x\\](https://evil.example)');
});

describe('the plan review', () => {
  const withKey = (key: string, value: string) => JSON.parse(`{${JSON.stringify(key)}:${value}}`);

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'reports a change of the key %s',
    (key) => {
      for (const [before, after] of [
        [{ a: {} }, { a: withKey(key, '"x"') }],
        [{ a: withKey(key, '"x"') }, { a: withKey(key, '"y"') }],
      ]) {
        const plan = planWith('s', [draftChange('azurerm_subnet', 'a', 'update', before, after)]);
        expect(reviewPlans([plan]).stacks[0]?.changes).toHaveLength(1);
      }
    },
  );

  it('shows the name `constructor` of a Helm release', () => {
    const value = { name: 'constructor', namespace: 'n', values: ['{}'] };
    const draft = draftChange('helm_release', 'r', 'replace', value, { ...value, values: ['{"a":1}'] });
    const plan = planWith('s', [{ ...draft, action_reason: 'constructor' }]);
    expect(reports(plan)).toContain('release constructor in n');
    expect(reports(plan)).not.toContain('native code');
  });
});

describe('a name that looks like a CI command', () => {
  /** GitHub Actions allows white space before `::`, and finds `##[` anywhere in a line. */
  const command = /^\s*::|##\[|##vso\[/im;
  const names = [
    '::error::x',
    'x\n::set-output name=a::b',
    'x\r\n  ::add-mask::x',
    '##[error]x',
    '##vso[task.x]x',
  ];

  it.each(names)('does not become a command in a plan error: %j', (name) => {
    const plan = planWith(name, [
      draftChange('azurerm_thing', 'a', 'create', null, { name, [name]: { password: 'hunter2' } }),
    ]);
    let message = '';
    try {
      reviewPlans([plan]);
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      ({ message } = error);
    }
    expect(message).toContain('password is a value with the name of a secret');
    expect(message).not.toMatch(command);
  });

  it.each(names)('does not become a command in the error about an empty plan: %j', (name) => {
    expect(() => parsePlan('', { stack: name, path: `${name}.json` })).toThrow(PlanError);
    try {
      parsePlan('', { stack: name, path: `${name}.json` });
    } catch (error) {
      expect((error as Error).message).not.toMatch(command);
    }
  });

  it.each(names)('does not become a command in a report: %j', (name) => {
    const plan = planWith(name, [
      draftChange(
        'helm_release',
        'r',
        'update',
        release({ a: 1 }),
        release({ a: { [name]: { b: name } }, [name]: 1 }),
      ),
      draftChange('azurerm_subnet', name, 'create', null, { name }),
    ]);
    expect(reports(plan)).not.toMatch(command);
    const parsed = JSON.parse(jsonReport(reviewPlans([plan]), policy)) as { stacks: { stack: string }[] };
    expect(parsed.stacks[0]?.stack).toBe(name);
  });
});

describe('the limits for a plan', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it('refuse a value with more than 200 nesting levels', () => {
    const text = planText([draftChange('azurerm_subnet', 'a', 'create', null, { a: 'HERE' })]);
    for (const levels of [300, 200_000]) {
      const deep = text.replace('"HERE"', nested(levels));
      expect(() => parsePlan(deep, { stack: 's', path: 's.json' })).toThrow(PlanError);
      expect(() => parsePlan(deep, { stack: 's', path: 's.json' })).toThrow(/more than 200 nesting levels/);
    }
  });

  it.each([
    ['JSON', nested(20_000)],
    ['YAML', `a: ${nested(20_000)}`],
  ])('require that a person reviews chart values with too deeply nested %s', (_, values) => {
    const value = { name: 'r', namespace: 'n', values: [values] };
    const draft = draftChange('helm_release', 'r', 'update', { ...value, values: ['{}'] }, value);
    expect(reviewPlans([planWith('s', [draft])]).tier).toBe('review');
  });

  it('refuse a file with too many bytes', () => {
    const path = join(temporaryFolder(), 's.json');
    writeFileSync(path, Buffer.alloc(200_000_001));
    expect(() => readPlan({ stack: 's', path })).toThrow(/has 200000001 bytes, expected a plan with at most/);
  });

  it.each([
    ['a URL', 'a://b:c'.repeat(60_000)],
    ['a token', 'eyJ-'.repeat(100_000)],
  ])('keep the search for secrets below five seconds if a long text resembles %s', (_, text) => {
    const from = performance.now();
    expect(plainSecrets({ text })).toEqual([]);
    expect(performance.now() - from).toBeLessThan(5000);
  });
});

it.each([
  ['a shared access key', `Endpoint=sb://a/;SharedAccessKey=${'a1B2'.repeat(10)}a1B=`],
  ['a seed of NATS', `SU${'A2'.repeat(28)}`],
  ['a token of Grafana', `glsa_${'a1'.repeat(16)}_0a1b2c3d`],
  ['a header', `Authorization: Bearer ${'a1'.repeat(16)}`],
])('the search for secrets finds %s in a value with any key', (_, text) => {
  expect(plainSecrets({ a: text })).toHaveLength(1);
});
