import type { IgnoredChange } from '../../config/drift-fields.ts';
import { count } from '../report/count.ts';
import { differenceBlocks } from '../report/difference-block.ts';
import { block, cell, plain, withoutCommands } from '../report/escape.ts';
import type { Drift } from './drift.ts';
import { type DriftFinding, type DriftState, objectTitle } from './finding.ts';

/** Longest report in characters. GitHub accepts at most 65,536 characters in an issue. */
const reportLimit = 60_000;

/** Maximum number of lines for the differences of one object. The JSON report has all lines. */
const mostLines = 80;

const stateTitles: Readonly<Record<DriftState, string>> = {
  missing: 'Missing',
  changed: 'Changed outside the deployment',
  'not deployed': 'Not deployed',
};

/** Markdown with the differences of each object, and the commands that remove the differences. */
export function markdownReport(drift: Drift): string {
  const { environment, findings, ignored, unused } = drift;
  const verdict =
    findings.length === 0
      ? `# No drift in ${environment}`
      : `# Drift in ${environment}: ${findings.length === 1 ? '1 object differs' : `${findings.length} objects differ`}`;
  const head = [
    verdict,
    compared(drift),
    ...(findings.length > 0
      ? [
          'A line with `-` shows the declared value, and a line with `+` shows the value in the cluster. In the section "Not deployed", a line with `-` shows the deployed value, and a line with `+` shows the value of this checkout.',
        ]
      : []),
  ];
  const states = (Object.keys(stateTitles) as DriftState[]).filter((state) =>
    findings.some((finding) => finding.state === state),
  );
  const details = states.flatMap((state) => [
    `## ${stateTitles[state]}`,
    ...findings.filter((finding) => finding.state === state).map(findingText),
  ]);
  const tail = [
    ...(findings.length > 0 ? ['## Remove the drift', ...remedyTexts(findings)] : []),
    ...(ignored.length > 0
      ? [
          `## Ignored\n\n${[...new Set(ignored.map(({ title, reason }) => `- ${plain(title)}: ${plain(reason)}`))].join('\n')}`,
        ]
      : []),
    ...(unused.length > 0
      ? [
          `## Entries of drift.ignore without effect\n\nRemove each entry, or correct its names.\n\n${unused.map((entry) => `- ${plain(entryText(entry))}`).join('\n')}`,
        ]
      : []),
  ];
  return withoutCommands(within([...head], details, tail));
}

function compared({ stacks, releases, objects, leftOut, seconds }: Drift): string {
  const parts = [
    count(stacks.length, 'stack'),
    count(releases.length, 'release'),
    `${count(objects, 'object')} in the cluster`,
  ];
  const programs =
    leftOut.length > 0
      ? ` Left out: ${count(leftOut.length, 'value')} that other programs write as part of their work.`
      : '';
  return `Compared in ${seconds.toFixed(0)} s: ${parts.join(', ')}.${programs}`;
}

function findingText({ title, declaredBy, differences, writers, state }: DriftFinding): string {
  const by = writers.map(({ manager, time }) => `${cell(manager)}${time ? ` at ${time}` : ''}`).join(', ');
  return [
    `### ${plain(title)}`,
    `Declared by ${plain(declaredBy)}.${state === 'missing' ? ' The object is missing in the cluster.' : ''}${by === '' ? '' : ` Written by ${by}.`}`,
    ...differenceBlocks(differences, mostLines),
  ].join('\n\n');
}

/** Findings with the same remedy share one text. */
function remedyTexts(findings: readonly DriftFinding[]): readonly string[] {
  const byText = new Map<string, { readonly titles: string[]; readonly commands: string[] }>();
  for (const { title, remedies } of findings) {
    for (const { what, commands } of remedies) {
      const known = byText.get(what) ?? { titles: [], commands: [] };
      known.titles.push(title);
      known.commands.push(...commands);
      byText.set(what, known);
    }
  }
  return [...byText].map(([what, { titles, commands }]) => {
    const objects = [...new Set(titles)].map(plain).join(', ');
    // The deploy command must come after all commands that delete Secrets.
    const once = commands.filter((command, index) => commands.lastIndexOf(command) === index);
    return [`${objects}: ${what}`, block('sh', once)].join('\n\n');
  });
}

function entryText({ kind, namespace, name, path, reason }: IgnoredChange): string {
  const named = name === undefined ? kind : objectTitle({ kind, name, ...(namespace && { namespace }) });
  return `${named}${path === undefined ? '' : ` ${path}`} (${reason})`;
}

/** Leaves out details that do not fit into `reportLimit`. */
function within(head: readonly string[], details: readonly string[], tail: readonly string[]): string {
  let size = [...head, ...tail].join('\n\n').length;
  const kept = details.filter((part) => {
    size += part.length + 2;
    return size <= reportLimit;
  });
  const left = details.length - kept.length;
  const notice =
    left > 0
      ? [
          `${count(left, 'detail')} left out, because the length of an issue is limited. The JSON report has all.`,
        ]
      : [];
  return `${[...head, ...kept, ...notice, ...tail].join('\n\n')}\n`;
}
