import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { charts } from '../../config/charts.ts';
import { certManager, thanos } from '../../config/cluster-names.ts';
import { namespaces } from '../../config/topology.ts';
import { dashboards } from '../../dashboards/index.ts';
import { files } from '../../modules/kubernetes/thanos/files.ts';
import { alerts } from '../rules/promtool.ts';
import { commandsOf, promqlOf, runbooks } from './documents.ts';
import { laptopAlerts } from './drilled-alerts.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'runbooks');
const written = runbooks();
const onLaptop = laptopAlerts();

const sections = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation', 'How to see that it is fixed'] as const;

/** Shell variables in runbooks, with their default namespaces. */
const namespaceVariables: Readonly<Record<string, string>> = {
  MONITORING: namespaces.monitoring,
  NATS: namespaces.nats,
  EDGE: namespaces.edge,
  CERT_MANAGER: certManager.namespace,
  THANOS: thanos.namespace,
};

const alertOf = (file: string) => basename(file, '.md');
const isOnLaptop = (file: string) => onLaptop.has(alertOf(file));

function sectionOf(text: string, heading: (typeof sections)[number]): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );

describe('runbooks', () => {
  it('exist for every alert', () => {
    const files = readdirSync(folder).filter((file) => file !== 'README.md');
    expect(files.sort()).toEqual(alerts.map(({ alert }) => `${alert}.md`).sort());
  });

  it.each(written)('have five sections in the right order: $file', ({ file, text }) => {
    const headings = [...text.matchAll(/^#+ .*$/gm)].map(([heading]) => heading);
    expect(headings).toEqual([`# ${alertOf(file)}`, ...sections.map((section) => `## ${section}`)]);
    for (const section of text.split(/^## .*$/m).slice(1)) expect(section.trim().length).toBeGreaterThan(25);
  });

  it.each(written)('link to the dashboard of the alert: $file', ({ file, text }) => {
    const annotations = alerts.find(({ alert }) => alert === alertOf(file))?.annotations;
    const board = dashboards.find(({ uid }) => annotations?.dashboard_url === `/d/${uid}`);
    expect(sectionOf(text, 'Diagnosis')).toContain(
      `Dashboard: \`/d/${board?.uid}\` in Grafana ([${board?.title}](../../dashboards/${board?.uid}-dashboard.json)).`,
    );
  });

  it.each(written)('contain a query that proves the fix: $file', ({ file, text }) => {
    const fixed = sectionOf(text, 'How to see that it is fixed');
    expect([...promqlOf(fixed), ...promqlOf(fixed, 'cluster')]).not.toEqual([]);
    const paragraphs = fixed
      .replace(/^```[\s\S]*?^```$/gm, '')
      .split(/\n\n+/)
      .slice(1)
      .filter((paragraph) => paragraph.trim() !== '');
    expect(paragraphs.length).toBeGreaterThanOrEqual(2);
    const last = paragraphs.at(-1)?.replace(`The alert \`${alertOf(file)}\` resolves`, 'The alert resolves');
    expect(last).toMatch(/^The alert resolves\s[\s\S]*\b(seconds|minutes?|hours?|day|refreshes)\b/);
  });

  it.each(written)('show healthy output only if the laptop has the alert: $file', ({ file, text }) => {
    const outputs = blocksOf(sectionOf(text, 'How to see that it is fixed'), 'text healthy');
    expect(outputs.length).toBe(isOnLaptop(file) ? 1 : 0);
    for (const output of outputs) expect(output.trim()).not.toBe('');
  });

  it.each(written)('contain commands for each system on which the alert exists: $file', ({ file, text }) => {
    expect(commandsOf(text, 'cluster')).not.toEqual([]);
    expect(commandsOf(text, 'laptop').length > 0).toBe(isOnLaptop(file));
  });

  it.each(written)('use a shell variable for each namespace: $file', ({ text }) => {
    const lines = commandsOf(text, 'cluster');
    const isAssignment = (line: string) => /^[A-Z_]+=/.test(line);
    const assigned = lines.filter(isAssignment).map((line) => line.split('=') as [string, string]);
    expect(assigned).toEqual(assigned.map(([name]) => [name, namespaceVariables[name]]));
    expect(lines.slice(0, assigned.length).every(isAssignment)).toBe(true);
    for (const command of lines.slice(assigned.length)) expect(command).toMatch(/^kubectl /);

    const used = [...text.matchAll(/(?:kubectl|helm|cmctl)[^`\n]*? -n ([^\s`]+)/g)].map(
      ([, value]) => value as string,
    );
    const variables = used.filter((value) => value !== '<namespace>');
    expect(variables.filter((value) => !value.startsWith('$'))).toEqual([]);
    expect([...new Set(variables.map((value) => value.slice(1)))].sort()).toEqual(
      assigned.map(([name]) => name).sort(),
    );
  });

  it('run each tool of Thanos in the pod of the compactor', () => {
    const tools = written.flatMap(({ text }) =>
      text
        .replace(/\\\n\s*/g, '')
        .split('\n')
        .filter((line) => line.includes('thanos tools bucket')),
    );
    expect(tools.length).toBeGreaterThan(0);
    for (const command of tools) {
      expect(command.trim()).toMatch(
        new RegExp(`^kubectl -n \\$THANOS exec ${thanos.compactor}-0 -- thanos tools bucket `),
      );
      expect(command).toContain(` --objstore.config-file=${files.objectStore} `);
      // The command `thanos tools bucket mark` of Thanos 0.42 fails without the option `--details`.
      if (command.includes('bucket mark')) expect(command).toMatch(/ --marker=\S+ --details=\S+ --id=\S+$/);
    }
  });

  it('start no program in the Prometheus container, because the image has no shell', () => {
    expect(charts.kubePrometheusStack.images.prometheus.tag).toMatch(/-distroless$/);
    const commands = written.flatMap(({ text }) => commandsOf(text, 'cluster'));
    expect(commands.filter((command) => / exec prom\S+ /.test(command))).toEqual([]);
  });

  it.each(written)('link only to files that exist: $file', ({ text }) => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => target as string);
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });

  it('have at most 100 lines each', () => {
    const lines = written.map(({ file, text }) => ({ file, lines: text.split('\n').length }));
    expect(lines.filter((runbook) => runbook.lines > 100)).toEqual([]);
  });
});

describe('the page on runbooks', () => {
  it.each(Object.entries(namespaceVariables))(
    'explains the variable %s and its default %s',
    (name, value) => {
      const page = readFileSync(join(folder, 'README.md'), 'utf8');
      expect(page).toContain(`| \`${name}\` | \`${value}\` |`);
    },
  );
});
