import { actions, actionWords } from '../change/action.ts';
import type { Change } from '../change/change.ts';
import type { Impact } from '../impact/impact.ts';
import type { Part } from '../impact/touch.ts';
import { type Policy, violations } from '../policy.ts';
import type { Review, StackReview } from '../review.ts';
import type { Finding, Rated } from '../rules/findings.ts';
import { meanings, type Tier, tiers } from '../tier.ts';
import { count } from './count.ts';
import { differenceBlocks } from './difference-block.ts';
import { cell, html, plain, table, withoutCommands } from './escape.ts';

/** Approximate limit of the report in characters. A GitHub comment has at most 65,536 characters. */
const commentLimit = 60_000;

/** Maximum number of shown items for each list. The JSON report has no maximum. */
const shown = { places: 5, lines: 120, names: 12, reasons: 3 } as const;

const worst = [...tiers].reverse();

/** The review as Markdown for a comment on a pull request. */
export function markdownReport(review: Review, policy: Policy): string {
  const head = [
    title(review, policy),
    summary(review),
    ...notices(review),
    ...risks(review, policy),
    ...impact(review),
  ];
  const details = review.stacks.flatMap((stack) => stackDetails(stack));
  return withoutCommands(withinLimit(head, details));
}

function title(review: Review, policy: Policy): string {
  const failed = violations(review, policy);
  const verdict =
    failed.length > 0
      ? `**Failed:** ${count(failed.length, 'finding')} of the tier ${policy.failOn} or higher. Change the plan, or accept a rule with \`--accept <rule>\`.`
      : `**Passed:** no finding fails the policy (\`--fail-on ${policy.failOn ?? 'never'}\`).`;
  const total = review.stacks.reduce((sum, { changes }) => sum + changes.length, 0);
  return [`# Plan review: ${total === 0 ? 'no changes' : review.tier}`, '', verdict].join('\n');
}

function summary({ stacks }: Review): string {
  const shownActions = actions.filter(
    (action) => action !== 'forget' || stacks.some(({ counts }) => counts.forget > 0),
  );
  return table(
    ['stack', ...shownActions.map((action) => actionWords[action]), 'tier'],
    stacks.map(({ stack, counts, tier, changes }) => [
      plain(stack),
      ...shownActions.map((action) => String(counts[action])),
      changes.length === 0 ? 'no changes' : tier,
    ]),
  );
}

function notices({ stacks }: Review): readonly string[] {
  return stacks.flatMap(({ stack, complete, noise, drift }) => [
    ...(complete
      ? []
      : [
          `> ${plain(stack)}: the plan is incomplete, because Terraform left out some changes (for example with \`-target\`).`,
        ]),
    ...(noise > 0
      ? [
          `> ${plain(stack)}: ${count(noise, 'update')} left out, because they change only upper and lower case in an Azure id, or only an empty value.`,
        ]
      : []),
    ...(drift.length > 0
      ? [`> ${plain(stack)}: changed outside Terraform: ${names(drift.map(({ name }) => plain(name)))}.`]
      : []),
  ]);
}

function risks(review: Review, policy: Policy): readonly string[] {
  const findings = review.stacks
    .flatMap(({ changes }) => changes.flatMap((rated) => rated.findings))
    .filter(({ tier }) => tier !== 'safe');
  const sections = worst.flatMap((tier) => {
    const ofTier = findings.filter((finding) => finding.tier === tier);
    return ofTier.length === 0 ? [] : [tierSection(tier, ofTier, policy)];
  });
  return sections.length === 0 ? [] : ['## Risks', ...sections];
}

function tierSection(tier: Tier, findings: readonly Finding[], { accept }: Policy): string {
  const parts = [...byRule(findings)].map(([id, list]) => {
    const [{ title: what, reason, remedy }] = list as [Finding, ...Finding[]];
    return [
      `#### ${what}${accept.includes(id) ? ' (accepted)' : ''}`,
      '',
      ...list.map((finding) => `- ${plain(finding.stack)}: ${plain(finding.on)}${places(finding)}`),
      '',
      `Reason: ${reason}`,
      `Remedy: ${remedy}`,
      `Rule: \`${id}\``,
    ]
      .join('\n')
      .replace(/\n(Remedy|Rule): /g, '  \n$1: ');
  });
  return [`### ${tier}: ${meanings[tier]}`, ...parts].join('\n\n');
}

function byRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) found.set(finding.id, [...(found.get(finding.id) ?? []), finding]);
  return found;
}

function places({ places: all, on }: Finding): string {
  const texts = [
    ...new Set(
      all.flatMap(({ path, evidence }) => {
        if (evidence === on || evidence === path.join('.'))
          return path.length > 0 ? [cell(path.join('.'))] : [];
        const where = path.slice(path[0] === 'values' ? 1 : 0).join('.');
        return [
          where === '' || where.endsWith(evidence) ? cell(evidence) : `${cell(where)}: ${cell(evidence)}`,
        ];
      }),
    ),
  ];
  if (texts.length === 0) return '';
  const listed = texts.slice(0, shown.places);
  const more = texts.length > listed.length ? [`and ${texts.length - listed.length} more`] : [];
  return [...listed, ...more].map((text) => `\n  - ${text}`).join('');
}

const partNames: Readonly<Record<Part, string>> = {
  scrape: 'scrapes',
  'remote write': 'remote writes',
  push: 'pushes',
  alert: 'alerts',
  receiver: 'receivers',
  dashboard: 'dashboards',
};

function impact({ impact: all }: Review): readonly string[] {
  if (all.length === 0) return [];
  const rows = Object.entries(partNames).flatMap(([part, label]) =>
    (['removed', 'changed', 'added', 'reads'] as const).flatMap((effect) => {
      const found = all.filter((one) => one.part === part && one.effect === effect);
      return found.length === 0
        ? []
        : [[label, effectText(found), names(found.map(({ name }) => cell(name))), because(found)]];
    }),
  );
  return ['## Impact on the pipeline', table(['part', 'effect', 'which', 'because of'], rows)];
}

function effectText([first]: readonly Impact[]): string {
  return first?.effect === 'reads' ? 'unchanged, but reads metrics that change' : (first?.effect ?? '');
}

function because(found: readonly Impact[]): string {
  return names([...new Set(found.flatMap((one) => one.because))].map(plain), shown.reasons);
}

function stackDetails({ stack, changes }: StackReview): readonly string[] {
  if (changes.length === 0) return [];
  const order = (rated: Rated) => worst.indexOf(rated.tier);
  const sorted = [...changes].sort((one, other) => order(one) - order(other));
  const created = sorted.filter(({ change, tier }) => change.action === 'create' && tier === 'safe');
  const others = sorted.filter((rated) => !created.includes(rated));
  return [
    `## Changes of ${plain(stack)}`,
    ...others.map(changeDetails),
    ...(created.length > 0
      ? [`Created, without a risk:\n\n${created.map(({ change }) => `- ${plain(change.name)}`).join('\n')}`]
      : []),
  ];
}

function changeDetails({ change, tier }: Rated): string {
  const { name, action, address, reason } = change;
  const head = `${actionWords[action]}: <b>${html(name)}</b> (${tier})`;
  const body = [
    `${cell(address)}${reason ? `, because ${reason}` : ''}`,
    ...(change.versions.length > 0 ? [versions(change)] : []),
    ...differenceBlocks(change.differences, shown.lines),
  ];
  return `<details><summary>${head}</summary>\n\n${body.join('\n\n')}\n\n</details>`;
}

function versions({ versions: all }: Change): string {
  return all
    .map(
      ({ kind, name, from, to, jump, older }) =>
        `- ${kind} ${cell(name)}: ${cell(from)} → ${cell(to)} (${[...(older ? ['older'] : []), jump === 'other' ? 'size of the change unknown' : jump].join(', ')})`,
    )
    .join('\n');
}

function names(list: readonly string[], most: number = shown.names): string {
  const listed = list.slice(0, most);
  const more = list.length - listed.length;
  return [...listed, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Leaves out details that do not fit into a comment. */
function withinLimit(head: readonly string[], details: readonly string[]): string {
  const kept: string[] = [...head];
  let size = head.join('\n\n').length;
  let left = 0;
  for (const part of details) {
    size += part.length + 2;
    if (size <= commentLimit && left === 0) kept.push(part);
    else left += 1;
  }
  if (left > 0)
    kept.push(`${count(left, 'detail')} left out, because a comment has a limit. The JSON report has all.`);
  const text = kept.join('\n\n');
  const rest = '\n\nThe report is cut here, because a comment has a limit. The JSON report has all.';
  return `${text.length > commentLimit + 500 ? `${text.slice(0, commentLimit)}${rest}` : text}\n`;
}
