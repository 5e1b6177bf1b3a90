import { actionText } from '../../console/tour/action-text.ts';
import { acts, totalMinutes } from '../../console/tour/acts.ts';
import { preparation, problems } from '../../console/tour/presentation.ts';
import type { Act, Step, TourAction, TourLink } from '../../console/tour/step.ts';
import { faults } from '../../demo/faults/index.ts';
import type { Generated } from './region.ts';
import { generatedNotice, table } from './table.ts';

function faultTitle(name: string): string {
  const fault = faults.find((each) => each.name === name);
  if (!fault)
    throw new Error(`The Tour uses the fault ${name}, but demo/faults does not contain this fault.`);
  return fault.title;
}

function actionSentence(action: TourAction): string {
  switch (action.kind) {
    case 'inject':
      return `In the step, or under **Faults**, choose "${faultTitle(action.fault)}".`;
    case 'restore':
      return `End the fault "${faultTitle(action.fault)}" with the button of the step, or of the fault.`;
    default:
      return `Choose **${actionText(action, faultTitle)}**.`;
  }
}

const linkText = (link: TourLink) =>
  'path' in link ? `[${link.text}](http://127.0.0.1:3000${link.path})` : link.text;

const fence = (language: string, lines: readonly string[]) =>
  `\`\`\`${language}\n${lines.join('\n')}\n\`\`\``;

/** A list in Markdown needs its own paragraph. */
function shownText(start: string, show: string, opened: string): readonly string[] {
  return show.includes('\n')
    ? [start.trim(), show, ...(opened ? [opened.trim()] : [])]
    : [`${start}${show}${opened}`];
}

function stepText({
  id,
  title,
  show,
  say,
  ask,
  action,
  links = [],
  queries,
  expect,
  terminal = [],
}: Step): string {
  const address = `http://127.0.0.1:3000/tour?step=${id}`;
  const opened = links.length > 0 ? ` Open: ${links.map(linkText).join(', ')}.` : '';
  return [
    ...shownText(`**[${title}](${address}).** ${action ? `${actionSentence(action)} ` : ''}`, show, opened),
    ...say
      .map((text) => `> ${text}`)
      .join('\n>\n')
      .split('\n\n'),
    ...(ask ? [`*Ask:* ${ask.question} *Answer:* ${ask.answer}`] : []),
    ...(queries.length > 0
      ? [
          fence(
            'promql',
            queries.map(({ expr }) => expr),
          ),
        ]
      : []),
    ...terminal.flatMap(({ does, command }) => [`${does}:`, fence('sh', [command])]),
    `*Expect:* ${expect}`,
  ].join('\n\n');
}

function item(text: string, number: number): string {
  const marker = `${number}. `;
  const indented = text
    .split('\n')
    .map((line) => (line === '' ? '' : `${' '.repeat(marker.length)}${line}`))
    .join('\n');
  return `${marker}${indented.slice(marker.length)}`;
}

function actText({ number, title, minutes, message, steps }: Act): string {
  return [
    `## Act ${number} · ${minutes} minutes · ${title}`,
    `*${message}*`,
    ...steps.map((step, index) => item(stepText(step), index + 1)),
  ].join('\n\n');
}

/** The document has the same texts as the Tour in the console. */
export const presentation: Generated = {
  file: 'DEMO_SCRIPT.md',
  text: () =>
    `${[
      `# The ${totalMinutes}-minute presentation`,
      generatedNotice,
      'The presentation has four acts on one laptop. Act 1 shows the whole pipeline, and acts 2 to 4 show the four ways in which metrics reach Prometheus. All servers are real programs. The clients are simulated, and Binance is a mock unless you start the pipeline with `--live-rates`.',
      'The **Tour** of the console, <http://127.0.0.1:3000/tour>, leads through all steps of this page. Its buttons do the actions, it runs the queries, and it gives a step its tick when Prometheus returns the expected data.',
      table(
        ['key', 'effect in the Tour'],
        [
          [
            '`P`',
            'starts presenter mode: full screen, large type, one step at a time; in another view, the key returns to the step',
          ],
          [
            '`→` `Page Down` `Space`, `←` `Page Up`',
            'next and previous step; a presenter remote sends `Page Down` and `Page Up`',
          ],
          ['`A`', 'does the action of the step; the key also works in the notes window'],
          ['`N`', 'shows the speaker notes next to the step; **Notes window** opens them in a second window'],
          ['`T`', 'starts or pauses the clock'],
          ['`Escape`', 'leaves presenter mode'],
        ],
      ).trimEnd(),
      ...preparation.map((text) => `**Preparation.** ${text}`),
      'You can also present without the Tour. Run the queries under **Explore** in the console, or in a terminal:',
      fence('sh', ["curl -sG http://127.0.0.1:9090/api/v1/query --data-urlencode 'query=usdt_vnd_rate'"]),
      'Say the paragraphs with a line at their left.',
      ...acts.map(actText),
      '## Problems during the presentation',
      table(
        ['problem', 'what to do'],
        problems.map(({ problem, remedy }) => [problem, remedy]),
      ).trimEnd(),
    ].join('\n\n')}\n`,
};
