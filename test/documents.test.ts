import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { anchorOf } from '../console/web/views/alerts/headings.ts';
import { largestImageBytes } from '../scripts/screenshots/image-limit.ts';
import { screenshots } from '../scripts/screenshots/list.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
const ofRoot = readdirSync(root).filter((file) => file.endsWith('.md'));
const pages = [...ofRoot, ...below('docs'), ...below('examples')];

/** Brackets in a code block are not links. */
const prose = (text: string) => text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2$/gm, '');

/** The anchors that GitHub creates for headings. */
const anchors = (file: string) =>
  [...prose(read(file)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    anchorOf(heading.replace(/[`*]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')),
  );

function brokenLinks(file: string): string[] {
  const links = [...prose(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : normalize(join(dirname(file), path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchors(target).includes(anchor);
    });
}

/** Pages that may name missing files: the reader creates these files, or the files were deleted. */
const creating = ['docs/write-an-exporter.md', 'docs/add-a-platform.md', 'CHANGELOG.md'];
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(\.git|\.demo|node_modules|dist|cdktf\.out)$/.test(entry.name))
  .map(({ name }) => name);

function missingFiles(file: string): string[] {
  const named = [...read(file).matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path = '']) => path);
  return named.filter((path) => folders.includes(path.split('/')[0] ?? '') && !existsSync(join(root, path)));
}

describe('a document', () => {
  it.each(pages)('%s links to files and headings that exist', (file) => {
    expect(brokenLinks(file)).toEqual([]);
  });

  it.each(pages.filter((file) => !creating.includes(file)))('%s refers only to files that exist', (file) => {
    expect(missingFiles(file)).toEqual([]);
  });

  it.each(pages)('%s refers only to scripts that package.json contains', (file) => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, script = ''] of read(file).matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g))
      expect(scripts).toHaveProperty([script]);
  });

  it.each(pages)('%s refers only to tests that exist', (file) => {
    const commands = [...read(file).matchAll(/npx vitest run --project \w+ (.*)$/gm)];
    for (const [, files = ''] of commands)
      for (const test of files.split(' ').filter((file) => !file.startsWith('<')))
        expect(existsSync(join(root, test)), test).toBe(true);
  });
});

describe('the folder docs/images', () => {
  const images = 'docs/images';
  const texts = pages.map((page) => read(page)).join('\n');

  it.each(readdirSync(join(root, images)))('contains no image that is too large: %s', (file) => {
    expect(statSync(join(root, images, file)).size).toBeLessThanOrEqual(largestImageBytes);
    expect(texts).toContain(`images/${file})`);
  });

  it('contains exactly one image for each declared screenshot', () => {
    const declared = screenshots.map(({ name }) => `${name}.webp`);
    expect(readdirSync(join(root, images)).sort()).toEqual(declared.sort());
  });
});

describe('the index of the documents', () => {
  const linked = [...read('docs/README.md').matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) =>
    normalize(join('docs', link)),
  );

  it('lists every page, except pages in a folder that has its own index', () => {
    const indexed = below('docs').filter((file) => {
      const folder = dirname(file);
      const index = join(folder, 'README.md');
      return folder === 'docs' || !existsSync(join(root, index)) || file === index;
    });
    expect(indexed.filter((file) => file !== 'docs/README.md' && !linked.includes(file))).toEqual([]);
  });
});

it.each(below('docs/adr'))('the decision %s has a status and a date', (file) => {
  expect(read(file)).toMatch(
    /^# .+\n\nStatus: (proposed|accepted|superseded by \[.+\]\(.+\)), \d{4}-\d\d-\d\d\.\n/,
  );
});

describe('the pages in docs/hosts', () => {
  const hosts = readdirSync(join(root, 'functions/adapters'));

  it('exist for each folder in functions/adapters and for nothing else', () => {
    expect(below('docs/hosts').sort()).toEqual(hosts.map((host) => `docs/hosts/${host}.md`).sort());
  });

  it.each(hosts)('contain each setting that the code in functions/adapters/%s reads', (host) => {
    const folder = join('functions/adapters', host);
    const settings = readdirSync(join(root, folder)).flatMap((file) =>
      [
        ...read(join(folder, file)).matchAll(/^\s*(?:const settings = \{ )?([A-Z][A-Z_]+): \w+Setting\(/gm),
      ].map(([, name = '']) => name),
    );
    const text = read(`docs/hosts/${host}.md`);
    expect(settings.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    expect(settings.length > 0).toBe(text.includes('| variable |'));
  });
});

describe('the issue template', () => {
  const folder = '.github/ISSUE_TEMPLATE';
  const forms = readdirSync(join(root, folder)).filter((file) => file !== 'config.yml');

  it.each(forms)('%s is a form with a name, a description and fields with labels', (file) => {
    const form = parse(read(join(folder, file)));
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    expect(form.body.length).toBeGreaterThan(0);
    for (const { type, id, attributes } of form.body) {
      expect(['markdown', 'input', 'textarea', 'dropdown']).toContain(type);
      if (type !== 'markdown')
        expect({ id, ...attributes }).toMatchObject({ id: expect.any(String), label: expect.any(String) });
    }
  });
});

it('each pattern of CODEOWNERS matches a path that exists', () => {
  const patterns = read('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));
  expect(patterns.length).toBeGreaterThan(0);
  for (const [pattern = '', ...owners] of patterns) {
    expect(pattern === '*' || existsSync(join(root, pattern)), pattern).toBe(true);
    expect(owners.every((owner) => /^@[\w-]+\/[\w-]+$/.test(owner))).toBe(true);
  }
});
