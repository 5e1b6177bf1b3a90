import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { environmentSchema } from '../../platforms/environment.ts';
import { scripts } from '../../scripts/generate/reference/commands.ts';
import { docCommentsOf } from '../../scripts/generate/reference/doc-comments.ts';
import { environmentFields, exampleValue } from '../../scripts/generate/reference/environments.ts';
import { table } from '../../scripts/generate/table.ts';
import { catalogue } from '../../sources/index.ts';
import { alerts } from '../rules/promtool.ts';

const root = join(import.meta.dirname, '../..');
const page = (name: string) => readFileSync(join(root, 'docs/reference', name), 'utf8');

/** Paths of all settings that are not groups. */
function leaves(schema: z.core.JSONSchema.JSONSchema, path: string): readonly string[] {
  const { properties, items, anyOf, oneOf } = schema;
  const below = [
    ...Object.entries(properties ?? {}).map(
      ([key, value]) => [value, path ? `${path}.${key}` : key] as const,
    ),
    ...(items ? [[items, `${path}[]`] as const] : []),
    ...[...(anyOf ?? []), ...(oneOf ?? [])].map((variant) => [variant, path] as const),
  ].flatMap(([value, own]) => (value instanceof Object ? leaves(value as typeof schema, own) : []));
  return below.length > 0 ? below : [path.replace(/\[\]$/, '')];
}

describe('the reference of the environments', () => {
  const fields = environmentFields();

  it('lists every setting of the schema', () => {
    const schema = z.toJSONSchema(environmentSchema, { unrepresentable: 'any', io: 'input' });
    const known = new Set(fields.map(({ path }) => path));
    const settings = [...new Set(leaves(schema, ''))];
    expect(settings.length).toBeGreaterThan(100);
    expect(settings.filter((setting) => !known.has(setting))).toEqual([]);
  });

  it.each(fields.filter(({ type }) => type !== 'object').map((field) => [field.path, field] as const))(
    'shows a valid example for %s',
    (_path, field) => {
      const value = exampleValue(field);
      expect(value).toBeDefined();
      expect(field.schema.safeParse(value).success).toBe(true);
    },
  );

  it('states the condition under which a setting applies', () => {
    expect(page('environments.md')).toMatch(
      /^\| `central\.azureMonitor\.workspace` .*Only with `engine: azure-monitor`\./m,
    );
    expect(page('environments.md')).not.toMatch(/^\| `central\.outOfOrderWindow` .*Only with/m);
  });
});

describe('the reference of the environment variables', () => {
  it('lists every variable that a source file reads', () => {
    const folders = [
      'functions',
      'toolchain',
      'demo',
      'scripts',
      'settings',
      'dags',
      'test',
      'bench',
      'delivery',
      '.',
    ];
    const sources = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
        // Skips `test/examples`, because these tests set variables of the example programs, such as TOKEN.
        .filter((file) => /\.(ts|mts|mjs|cjs|py)$/.test(file) && !file.startsWith('examples/'))
        .map((file) => readFileSync(join(root, folder, file), 'utf8')),
    );
    const read = [
      /\bprocess\.env\.([A-Z][A-Z0-9_]+)\b/g,
      /\benv\.([A-Z][A-Z0-9_]+) (?:\?|&&|\|\|)/g,
      /\bos\.environ(?:\.get\(|\[)"([A-Z_]+)/g,
      /^\s+([A-Z][A-Z0-9_]+): (?:\w+Setting\(|optional\w+\(|token|image\(|\{\n\s+schema)/gm,
    ];
    const names = new Set(
      sources.flatMap((text) =>
        read.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name)),
      ),
    );
    expect(names.size).toBeGreaterThan(30);
    const documented = page('functions.md');
    expect([...names].filter((name) => !documented.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('has an explanation for every variable', () => {
    const rows = page('functions.md').match(/^\| `.*$/gm) ?? [];
    expect(rows.filter((row) => row.endsWith('| – |'))).toEqual([]);
  });
});

describe('the reference of metrics, alerts and commands', () => {
  it('lists every metric of the catalogue', () => {
    const names = Object.values(catalogue).flatMap((metrics) =>
      Object.values(metrics).map(({ name }) => name),
    );
    const text = page('metrics.md');
    expect(names.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('describes the condition of every alert', () => {
    const text = page('alerts.md');
    expect(alerts.length).toBeGreaterThan(30);
    for (const { alert, labels, expr } of alerts) {
      const row = new RegExp(
        `^\\| \\[${alert}\\]\\(\\.\\./runbooks/${alert}\\.md\\) \\| ${labels.severity} \\|.*$`,
        'm',
      );
      const condition = row.exec(text)?.[0].split(' | ')[3] ?? '';
      expect(condition, alert).toMatch(/\w+ \w+.*\.$/);
      expect(text, alert).toContain(`# ${alert}\n${expr}\n`);
    }
  });

  it('explains every script of package.json', () => {
    const text = page('commands.md');
    for (const { name, program } of scripts()) {
      const command = ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`;
      if (program) expect(text).toContain(`## \`${command}\`\n\n\`\`\`text\nUsage: ${command} --`);
      else expect(text).toMatch(new RegExp(`^\\| \`${command}\` \\| \\w.*\\.`, 'm'));
    }
  });
});

describe('docCommentsOf', () => {
  it('finds the doc comments of properties of spread objects', () => {
    const environment = docCommentsOf('config/environment.ts', 'environmentSchemaFor');
    const nats = environment.properties.get('nats')?.properties;
    expect(nats?.get('volume')).toMatchObject({ refersTo: 'bytes' });
    expect(nats?.get('clients')?.default).toBe("only NATS' own namespace");
    const pusher = docCommentsOf('functions/batch-pusher/settings.ts', 'pusherSettings').properties;
    expect(pusher.get('PUSHGATEWAY_URL')?.text).toBe('URL of the Pushgateway.');
  });

  it('throws an error if the file has no constant with the given name', () => {
    expect(() => docCommentsOf('config/environment.ts', 'missing')).toThrow(
      'config/environment.ts has no constant missing',
    );
  });
});

describe('a table of the reference', () => {
  it('escapes characters that would end a cell', () => {
    expect(
      table(
        ['a', 'b'],
        [
          ['x|y', ''],
          ['1\n2', 3],
        ],
      ),
    ).toBe('| a | b |\n|---|---|\n| x\\|y | – |\n| 1 2 | 3 |');
  });
});

describe('the pages of the reference', () => {
  const folder = join(root, 'docs/reference');

  it.each(readdirSync(folder).filter((file) => file.endsWith('.md')))(
    '%s links to files that exist',
    (file) => {
      const links = [...page(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link as string);
      expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
    },
  );
});
