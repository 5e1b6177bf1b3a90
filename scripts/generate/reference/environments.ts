import type * as z from 'zod';
import * as environments from '../../../config/environments/index.ts';
import { environmentSchema } from '../../../platforms/environment.ts';
import { platforms } from '../../../platforms/registry.ts';
import type { Generated } from '../region.ts';
import { code, generatedNotice, table } from '../table.ts';
import { docCommentsOf } from './doc-comments.ts';
import { examplesOf, unitOf } from './examples.ts';
import { type Field, fieldsOf } from './fields.ts';

const { prod, dev, local } = environments;
const values = [prod, dev, local, ...Object.values(environments)];

function platformFields(): ReadonlyMap<string, readonly Field[]> {
  return new Map(
    platforms.map(({ kind, values: schema }) => {
      const comments = docCommentsOf(`platforms/${kind}/values.ts`, `${kind}Values`);
      return [kind, fieldsOf(schema, comments, 'platform')];
    }),
  );
}

function commonFields(): readonly Field[] {
  const comments = docCommentsOf('config/environment.ts', 'environmentSchemaFor');
  return fieldsOf(environmentSchema as z.ZodType, comments).filter(({ path }) => !/^platform\b/.test(path));
}

export function environmentFields(): readonly Field[] {
  return [...commonFields(), ...[...platformFields().values()].flat()];
}

export function exampleValue({ path, type, schema }: Field): unknown {
  const fits = (value: unknown) => schema.safeParse(value).success;
  // Finds `30d` in "a duration, such as 30d".
  const suggested = /such as (\S+?)(,| or |;|$)/.exec(type)?.[1];
  return [...examplesOf(values, path), suggested].find(fits);
}

/** Text of the column `example`. A group of settings has no example, because each setting has a row. */
function exampleText(field: Field): string {
  if (field.type === 'object') return '';
  const value = exampleValue(field);
  return value === undefined ? '' : code(JSON.stringify(value).replaceAll('"', "'"));
}

function fieldTable(fields: readonly Field[]): string {
  return table(
    ['setting', 'type', 'default', 'unit', 'example', 'meaning'],
    fields.map((field) => {
      const { path, type, required, typeName, onlyWith, meaning } = field;
      const byDefault = required ? 'required' : (field.default ?? 'absent');
      const only = onlyWith ? `Only with ${onlyWith}.` : '';
      return [
        code(path),
        type,
        byDefault,
        unitOf(path, typeName),
        exampleText(field),
        [only, meaning].filter(Boolean).join(' '),
      ];
    }),
  );
}

function sections(fields: readonly Field[]): string {
  const byKey = new Map<string, Field[]>();
  for (const field of fields) {
    const [key = ''] = field.path.split(/[.[]/);
    byKey.set(key, [...(byKey.get(key) ?? []), field]);
  }
  return [...byKey].map(([key, ofKey]) => `## ${code(key)}\n\n${fieldTable(ofKey)}`).join('\n\n');
}

export const environmentReference: Generated = {
  file: 'docs/reference/environments.md',
  text: () =>
    `${generatedNotice}
# Environments

An environment is a file in \`config/environments/\`. \`npm run synth\` checks every environment before it writes a stack, and lists
every wrong value.

| column | meaning |
|---|---|
| setting | path of the setting; \`edges[].name\` is the name of each entry of the list \`edges\` |
| default | value that applies without the setting; \`required\`: the environment must set a value; \`absent\`: the setting has no default value |
| example | a value of an environment in \`config/environments/\`, or another valid value |

${sections(commonFields())}

${[...platformFields()].map(([kind, fields]) => `## ${code('platform')} with ${code(`kind: ${kind}`)}\n\n${fieldTable(fields)}`).join('\n\n')}
`,
};
