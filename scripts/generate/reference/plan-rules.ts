import { rules, unknownDifference } from '../../../review/rules/all-rules.ts';
import type { Concern, Rule } from '../../../review/rules/rule.ts';
import { meanings, type Tier, tiers } from '../../../review/tier.ts';
import type { Generated } from '../region.ts';
import { code, generatedNotice, table } from '../table.ts';

const headings: Readonly<Record<Concern, string>> = {
  data: 'Data lost',
  exposure: 'Exposure',
  rights: 'Rights',
  monitoring: 'Monitoring weakened',
  downtime: 'Downtime',
  versions: 'Versions',
  'no harm': 'No harm',
  'not known': 'Other changes',
};

/** Rules with a high tier are first. */
const order = ({ tier }: { readonly tier: Tier }) => -tiers.indexOf(tier);

function section(concern: Concern): string {
  const all: readonly (Omit<Rule, 'when'> | typeof unknownDifference)[] = [...rules, unknownDifference];
  const rows = all
    .filter((rule) => rule.concern === concern)
    .sort((one, other) => order(one) - order(other))
    .map((rule) => [
      code(rule.id),
      rule.tier,
      rule.title,
      'looksAt' in rule
        ? rule.looksAt.map(({ text }) => text).join('; ')
        : 'differences that match none of the more specific rules',
      rule.reason,
      rule.remedy,
    ]);
  return `## ${headings[concern]}\n\n${table(['rule', 'tier', 'risk', 'looks at', 'reason', 'remedy'], rows)}`;
}

export const planRuleReference: Generated = {
  file: 'docs/reference/plan-rules.md',
  text: () =>
    `${[
      generatedNotice,
      `# Rules of the plan review\n\nThe ${rules.length + 1} rules of \`npm run plan:review\` ([Review a plan](../review-a-plan.md)). The option \`--accept\` takes the name of a rule, such as \`--accept volume-grown\`.\n\nThe column "looks at" lists the parts of a plan that the rule reads. "values \`a.b\` of \`nats\`" is a Helm value of the release \`nats\`. "\`a.b\` of \`azurerm_key_vault\`" is an argument of a Terraform resource. \`destroy\`, \`replace\` and \`create\` are actions of Terraform. \`*\` stands for each entry of a list or for any key.`,
      table(
        ['tier', 'meaning'],
        tiers.map((tier) => [tier, meanings[tier]]),
      ),
      ...(Object.keys(headings) as Concern[]).map(section),
    ].join('\n\n')}\n`,
};
