import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choiceSetting, readSettings } from '../../functions/settings.ts';
import type { Plan } from '../../review/plan/read-plan.ts';
import type { Policy } from '../../review/policy.ts';
import { violations } from '../../review/policy.ts';
import { jsonReport } from '../../review/report/json.ts';
import { markdownReport } from '../../review/report/markdown.ts';
import { sarifReport } from '../../review/report/sarif.ts';
import { reviewPlans } from '../../review/review.ts';
import { azureChange, azurePlan } from './azure-plan.ts';
import { type Draft, draftChange, planWith } from './draft-plan.ts';
import { releaseChange } from './local-change.ts';
import { type RecordedPlan, recorded, recordedPlans } from './recorded.ts';

const folder = join(import.meta.dirname, 'goldens');
const policy: Policy = { failOn: 'dangerous', accept: [] };

const edgeRemoved = () => [
  recorded('edge-removed-monitoring'),
  recorded('edge-removed-destroy-local-federation'),
];

const reports: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    Object.keys(recordedPlans).map((name) => [
      `${name}.md`,
      () => markdownReport(reviewPlans([recorded(name as RecordedPlan)]), policy),
    ]),
  ),
  'edge-removed.md': () => markdownReport(reviewPlans(edgeRemoved()), policy),
  'edge-removed.json': () => jsonReport(reviewPlans(edgeRemoved()), policy),
  'edge-removed.sarif': () => sarifReport(reviewPlans(edgeRemoved()), policy),
  'create-prod-platform.md': () => markdownReport(reviewPlans([azurePlan('prod-platform')]), policy),
  'create-prod-functions.md': () => markdownReport(reviewPlans([azurePlan('prod-functions')]), policy),
  'prod-key-vault-opened.md': () => markdownReport(reviewPlans([openedVault()]), policy),
};

function openedVault(): Plan {
  return azureChange('prod-platform', 'azurerm_key_vault', 'update', (vault) => {
    vault.network_acls[0].default_action = 'Allow';
    vault.network_acls[0].ip_rules.push('198.51.100.0/24');
    vault.purge_protection_enabled = false;
  });
}

const { GOLDENS } = readSettings({ GOLDENS: choiceSetting(['write']) }, process.env);

// `npm run generate` writes the golden files. Read the diff before a commit.
if (GOLDENS === 'write') {
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const [file, text] of Object.entries(reports)) writeFileSync(join(folder, file), text());
}

describe('the golden files of the review', () => {
  it.each(Object.entries(reports))('%s contains the same text as the report', (file, text) => {
    expect(text()).toEqual(readFileSync(join(folder, file), 'utf8'));
  });

  it('exist for each report', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(reports).sort());
  });
});

describe('the Markdown report', () => {
  const named = (name: string): Plan =>
    planWith('s', [draftChange('azurerm_subnet', 'a', 'update', { name, a: 1 }, { name, a: 2 })]);

  it.each([
    ['HTML', '<img src=x onerror=alert(1)>', /(?<!\\)<img/],
    ['a mention', '@everyone', /@everyone/],
    ['a link', '[x](https://example.com)', /(?<!\\)\[x/],
    ['the end of a table cell', 'a | b', /a (?<!\\)\| b/],
    ['a line', 'a\n# b', /\n# b/],
  ])('shows %s in the name of a resource as plain text', (_, name, dangerous) => {
    const text = markdownReport(reviewPlans([named(name)]), policy);
    expect(text).not.toMatch(dangerous);
  });

  it('uses a longer code fence for a value that contains a code fence', () => {
    const value = (text: string) => ({ name: 'a', text: `\`\`\`\n${text}` });
    const plan = planWith('s', [draftChange('azurerm_subnet', 'a', 'create', null, value('x'))]);
    const update = planWith('s', [
      draftChange(
        'azurerm_subnet',
        'a',
        'update',
        { name: 'a', text: '```` x' },
        { name: 'a', text: '```` y' },
      ),
    ]);
    expect(() => markdownReport(reviewPlans([plan]), policy)).not.toThrow();
    expect(markdownReport(reviewPlans([update]), policy)).toContain('`````diff\n');
  });

  it('fits into a comment on GitHub', () => {
    const changes = Array.from({ length: 3000 }, (_, index) =>
      draftChange(
        'azurerm_subnet',
        `s${index}`,
        'update',
        { name: `n${index}`, a: 1 },
        { name: `n${index}`, a: 2 },
      ),
    );
    const text = markdownReport(reviewPlans([planWith('s', changes)]), policy);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/because a comment has a limit\. The JSON report has all\.\n$/);
  });

  it('states that a plan is incomplete', () => {
    const review = reviewPlans([planWith('s', [], { complete: false })]);
    expect(markdownReport(review, policy)).toContain('the plan is incomplete');
    expect(review.tier).toBe('review');
  });

  it('names resources that changed outside Terraform', () => {
    const drift = draftChange(
      'azurerm_subnet',
      'a',
      'update',
      { name: 'nodes', a: 1 },
      { name: 'nodes', a: 2 },
    );
    expect(markdownReport(reviewPlans([planWith('s', [], { resource_drift: [drift] })]), policy)).toContain(
      'changed outside Terraform: subnet nodes',
    );
  });

  it('writes `(accepted)` next to each finding of a rule that `--accept` names', () => {
    const review = reviewPlans([recorded('retention-cut-10d-to-3d')]);
    const accepted = { failOn: 'dangerous', accept: ['retention-time-cut'] } as const;
    expect(violations(review, accepted)).toEqual([]);
    expect(markdownReport(review, accepted)).toContain('**Passed:**');
    expect(markdownReport(review, accepted)).toContain('(accepted)');
  });
});

describe('the policy of a review', () => {
  const violationsOfDangerousChange = (failOn: Policy['failOn']) => {
    const plan = releaseChange('kube-prometheus-stack', (values) => {
      values.additionalPrometheusRulesMap.platform.groups[0].rules.find(
        ({ alert }: Draft) => alert,
      ).labels.severity = 'info';
    });
    return violations(reviewPlans([plan]), { failOn, accept: [] });
  };

  it.each(['dangerous', 'review'] as const)(
    'rejects a dangerous change with the option `--fail-on %s`',
    (failOn) => {
      expect(violationsOfDangerousChange(failOn)).toHaveLength(1);
    },
  );

  it('accepts a dangerous change with the option `--fail-on irreversible`', () => {
    expect(violationsOfDangerousChange('irreversible')).toEqual([]);
  });

  it('accepts a dangerous change if the option `--fail-on` is not set', () => {
    expect(violationsOfDangerousChange(undefined)).toEqual([]);
  });
});

describe('the SARIF report', () => {
  const log = JSON.parse(
    sarifReport(reviewPlans(edgeRemoved()), { failOn: 'review', accept: ['edge-removed'] }),
  );

  it('lists each rule once', () => {
    const [{ tool, results }] = log.runs;
    const ids = tool.driver.rules.map(({ id }: Draft) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(results.length).toBeGreaterThan(3);
    for (const { ruleId, message, locations } of results) {
      expect(ids).toContain(ruleId);
      expect(message.text).toMatch(/\S/);
      expect(locations[0].logicalLocations[0].fullyQualifiedName).toMatch(/^local-(monitoring|federation)\//);
    }
  });

  it('suppresses an accepted finding', () => {
    const suppressed = log.runs[0].results.filter(({ suppressions }: Draft) => suppressions);
    expect(suppressed.map(({ ruleId }: Draft) => ruleId)).toEqual(['edge-removed']);
  });
});
