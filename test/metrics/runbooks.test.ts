import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certManager } from '../../config/cluster-names.ts';
import { namespaces } from '../../config/topology.ts';
import { prometheusRules } from '../../rules/index.ts';
import { alerts } from '../rules/promtool.ts';
import { commandsOf, runbooks } from './documents.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'runbooks');
const written = runbooks();
const laptopAlerts = prometheusRules({ profile: 'laptop' }).groups.flatMap(({ rules }) =>
  rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])),
);

describe('runbooks', () => {
  it('exist for every alert and for nothing else', () => {
    const files = readdirSync(folder).filter((file) => file !== 'README.md');
    expect(files.sort()).toEqual(alerts.map(({ alert }) => `${alert}.md`).sort());
  });

  it.each(written)('$file has the sections meaning, impact, diagnosis and mitigation', ({ file, text }) => {
    const headings = [...text.matchAll(/^#+ .*$/gm)].map(([heading]) => heading);
    const name = file.replace(/^.*\//, '').replace('.md', '');
    expect(headings).toEqual([`# ${name}`, '## Meaning', '## Impact', '## Diagnosis', '## Mitigation']);
    for (const section of text.split(/^## .*$/m).slice(1)) expect(section.trim().length).toBeGreaterThan(25);
  });

  it.each(written)(
    '$file has commands for a cluster, and for the laptop if the alert exists there',
    ({ file, text }) => {
      expect(commandsOf(text, 'cluster')).not.toEqual([]);
      const onLaptop = laptopAlerts.some((alert) => file.endsWith(`/${alert}.md`));
      expect(commandsOf(text, 'laptop').length > 0).toBe(onLaptop);
    },
  );

  it.each(written)('$file uses kubectl and existing namespaces for a cluster', ({ text }) => {
    const known: readonly string[] = [...Object.values(namespaces), certManager.namespace];
    for (const command of commandsOf(text, 'cluster')) {
      expect(command).toMatch(/^kubectl /);
      const asked = [...command.matchAll(/ -n (\S+)/g)].map(([, namespace]) => namespace as string);
      expect(known).toEqual(expect.arrayContaining(asked));
    }
  });

  it.each(written)('$file links to existing files', ({ text }) => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => target as string);
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });

  it('have at most 80 lines', () => {
    const lines = written.map(({ file, text }) => ({ file, lines: text.split('\n').length }));
    expect(lines.filter((runbook) => runbook.lines > 80)).toEqual([]);
  });
});
