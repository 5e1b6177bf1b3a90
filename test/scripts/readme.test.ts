import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faults } from '../../demo/faults/index.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { sourceList } from '../../sources/index.ts';
import { neededGo } from '../../toolchain/remedy.ts';
import { readDocuments } from '../metrics/documents.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

function section(heading: string): string {
  const [, text = ''] =
    new RegExp(`^${heading}\\n([\\s\\S]*?)(?=^#{2} |$(?![\\s\\S]))`, 'm').exec(readme) ?? [];
  return text;
}

describe('the README', () => {
  it('has a section for each question of a new reader', () => {
    const headings = [...readme.matchAll(/^#{2,3} (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(
      expect.arrayContaining([
        'Quick start',
        'Architecture',
        'Use cases',
        'Components',
        'Prerequisites',
        'Key metrics',
        'User interfaces',
        'Dashboards',
        'Troubleshooting',
        'Production checklist',
        'Additional resources',
        'Contributing',
        'Licence',
        'Authors and acknowledgements',
      ]),
    );
  });

  it('shows one tested query for each of the four ways to collect metrics', () => {
    const proven = new Map(documentedQueries.map(({ expr, act }) => [expr, act]));
    const queries = section('## Use cases')
      .split('\n')
      .flatMap((row) => {
        const query = row.split(' | ')[2];
        return query?.startsWith('`') ? [query.replaceAll('`', '')] : [];
      });
    expect(queries.map((query) => proven.get(query))).toEqual(['pull', 'exporter', 'federation', 'push']);
  });

  it('shows only images that exist and are smaller than 150 KB', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) =>
      join(root, file as string),
    );
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) {
      expect(existsSync(picture), picture).toBe(true);
      expect(statSync(picture).size, picture).toBeLessThan(150_000);
    }
  });

  it('has a components table with enough rows for all scraped sources and no empty cell', () => {
    const rows = section('## Components').match(/^\| .* \|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(sourceList.length);
    expect(rows.filter((row) => /\|\s*–?\s*\|/.test(row))).toEqual([]);
  });

  it('states the required versions of Node and Go', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const node = /^>=(.*)$/.exec(engines.node)?.[1];
    const go = /Go ([\d.]+) or newer/.exec(neededGo(join(root, 'toolchain/programs')))?.[1];
    expect(section('## Prerequisites')).toContain(`| Node.js | ${node} or newer |`);
    expect(section('## Prerequisites')).toContain(`| Go | ${go} or newer,`);
  });
});

describe('the documentation', () => {
  it('states the Go version that the programs require', () => {
    const needed = /Go ([\d.]+ or newer)/.exec(neededGo(join(root, 'toolchain/programs')))?.[1];
    const demanded = readDocuments().flatMap(({ file, text }) =>
      [...text.replace(/\s+/g, ' ').matchAll(/\bneed (?:[\w ]{0,20} )?Go ([\d.]*\d(?: or newer)?)/g)].map(
        ([, version]) => ({ file, version }),
      ),
    );
    expect(demanded.length).toBeGreaterThan(0);
    expect(demanded.filter(({ version }) => version !== needed)).toEqual([]);
  });

  it('shows only existing checks in the example output of npm run verify', () => {
    const folder = join(root, 'verify/checks');
    const checks = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const targets = sourceList.map(({ job }) => `target ${job}`);
    const shown = readDocuments().flatMap(({ text }) =>
      [...text.matchAll(/^[✓✗…–] (.+?) {2,}/gm)].map(([, name]) => name as string),
    );
    expect(shown.length).toBeGreaterThan(0);
    const printed = (name: string) =>
      targets.includes(name) || checks.some((check) => check.includes(`'${name}'`));
    expect(shown.filter((name) => !printed(name))).toEqual([]);
  });
});

describe('the instructions to inject a fault', () => {
  it.each(['README.md', 'DEMO_SCRIPT.md'])(
    'in %s contain only names of faults that the console shows',
    (file) => {
      const text = readFileSync(join(root, file), 'utf8').replace(/\s+/g, ' ');
      const asked = [...text.matchAll(/(?:break|choose|inject) "([^"]+)"/g)].map(([, title]) => title);
      expect(asked.length).toBeGreaterThan(0);
      const titles = faults.map(({ title }) => title);
      for (const title of asked) expect(titles).toContain(title);
    },
  );
});
