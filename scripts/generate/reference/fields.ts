import * as z from 'zod';
import type { Documented } from './doc-comments.ts';

export interface Field {
  /** Keys with dots between them. `[]` marks a list. */
  readonly path: string;
  readonly type: string;
  readonly schema: z.ZodType;
  readonly required: boolean;
  /** Effect of an absent setting, from the tag `@default`. */
  readonly default: string | undefined;
  /** Name of the type, such as `bytes`. Undefined for a plain zod type. */
  readonly typeName: string | undefined;
  /** Condition of the setting as Markdown, such as `kind: azurerm` for `state.container`. */
  readonly onlyWith: string | undefined;
  readonly meaning: string;
}

const undocumented: Documented = { text: '', properties: new Map(), variants: [] };

/** All settings of a schema, in the order of the schema. */
export function fieldsOf(schema: z.ZodType, documented: Documented, path = ''): readonly Field[] {
  return settingsOf(schema, documented, path, undefined);
}

function settingsOf(
  schema: z.ZodType,
  documented: Documented,
  path: string,
  onlyWith: string | undefined,
): readonly Field[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, value]) =>
      settingOf(
        value,
        documented.properties.get(key) ?? undocumented,
        path ? `${path}.${key}` : key,
        onlyWith,
      ),
    );
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return ofVariants(schema, documented, path, onlyWith);
  if (schema instanceof z.ZodArray) {
    return settingsOf(schema.element as z.ZodType, documented, `${path}[]`, onlyWith);
  }
  return [];
}

function settingOf(
  given: z.ZodType,
  documented: Documented,
  path: string,
  onlyWith: string | undefined,
): readonly Field[] {
  const required = !(given instanceof z.ZodExactOptional);
  const schema = required ? given : (given.unwrap() as z.ZodType);
  const field: Field = {
    path,
    type: typeOf(schema),
    schema,
    required,
    default: documented.default,
    typeName: documented.refersTo,
    onlyWith,
    meaning: documented.text,
  };
  const below = settingsOf(schema, documented, path, onlyWith);
  return below.length > 0 && required && field.meaning === '' ? below : [field, ...below];
}

function ofVariants(
  union: z.ZodDiscriminatedUnion,
  documented: Documented,
  path: string,
  onlyWith: string | undefined,
): readonly Field[] {
  const key = union.def.discriminator;
  const variants = union.options.map((option, index) => {
    const choice = ((option as z.ZodObject).shape[key] as z.ZodLiteral).value as string;
    const comments = documented.variants[index] ?? undocumented;
    return { choice, text: comments.text, fields: settingsOf(option as z.ZodType, comments, path, onlyWith) };
  });
  const keyPath = path ? `${path}.${key}` : key;
  const choices: Field = {
    path: keyPath,
    type: `one of ${variants.map(({ choice }) => choice).join(', ')}`,
    schema: z.enum(variants.map(({ choice }) => choice)),
    required: true,
    default: undefined,
    typeName: undefined,
    onlyWith,
    meaning: variants
      .filter(({ text }) => text !== '')
      .map(({ choice, text }) => `\`${choice}\`: ${text}`)
      .join(' '),
  };
  const all = variants.flatMap(({ choice, fields }) =>
    fields.filter(({ path: own }) => own !== keyPath).map((field) => ({ choice, field })),
  );
  const paths = [...new Set(all.map(({ field }) => field.path))];
  return [
    choices,
    ...paths.map((own) => {
      const same = all.filter(({ field }) => field.path === own);
      const [first] = same as [(typeof all)[number]];
      const isCommon = same.length === variants.length;
      const needs = same.map(({ choice }) => `\`${key}: ${choice}\``).join(' or ');
      return { ...first.field, onlyWith: isCommon ? first.field.onlyWith : needs };
    }),
  ];
}

/** Returns the type of a setting as text, such as `list of: boolean`. */
function typeOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(', ')}`;
  if (schema instanceof z.ZodLiteral) return [...schema.values].join(', ');
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion)) {
    return `one of ${schema.options.map((option) => typeOf(option as z.ZodType)).join(', ')}`;
  }
  if (schema instanceof z.ZodNumber) return `integer, ${schema.minValue} to ${schema.maxValue}`;
  if (schema instanceof z.ZodArray) return `list of: ${typeOf(schema.element as z.ZodType)}`;
  if (schema instanceof z.ZodObject || schema instanceof z.ZodDiscriminatedUnion) return 'object';
  if (schema instanceof z.ZodRecord) {
    return `object, key: ${typeOf(schema.keyType as z.ZodType)}; value: ${typeOf(schema.valueType as z.ZodType)}`;
  }
  if (schema instanceof z.ZodEmail) return 'email address';
  return expectation(schema);
}

/** Describes the values that a schema accepts, such as "at most 63 lower-case letters". */
function expectation(schema: z.ZodType): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: `${x}` is the Terraform expression that no setting allows
  const { error } = schema.safeParse('${x}\n');
  const message = error?.issues[0]?.message ?? 'text';
  return message.replace(/^expected /, '');
}
