import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Comment, type Expression, type ObjectExpression, type Program, parseSync } from 'oxc-parser';

/** The doc comments of an object and of its properties. */
export interface Documented {
  /** Text before the tag `@default`. Empty if the doc comment is missing. */
  readonly text: string;
  readonly default?: string;
  /** Name of the constant to which a property refers. Example: `bytes` for the property `volume: bytes`. */
  readonly refersTo?: string;
  readonly properties: ReadonlyMap<string, Documented>;
  /** Alternatives of a union, in their order in the source file. */
  readonly variants: readonly Documented[];
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

const nothing: Documented = { text: '', properties: new Map(), variants: [] };
const root = join(import.meta.dirname, '../../..');

/**
 * Reads the doc comments of an object, of a zod schema, or of the object that a function returns.
 * @param file path below the root of the project
 * @throws Error if the constant is missing
 */
export function docCommentsOf(file: string, constant: string): Documented {
  const text = readFileSync(join(root, file), 'utf8');
  const { program, comments } = parseSync(file, text);
  const found = constantOf({ file, text, program, comments }, constant);
  if (!found)
    throw new Error(`${file} has no constant ${constant}. Correct the name in the call of docCommentsOf.`);
  return found;
}

function constantOf(source: Source, name: string): Documented | undefined {
  for (const statement of source.program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type === 'VariableDeclaration') {
      const init = declared.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name)?.init;
      if (init) return documented(source, init);
    }
    if (statement.type === 'ImportDeclaration' && statement.source.value.startsWith('.')) {
      const imported = statement.specifiers.find(({ local }) => local.name === name);
      if (imported) return docCommentsOf(join(dirname(source.file), statement.source.value), name);
    }
  }
  return undefined;
}

function documented(source: Source, node: Expression): Documented {
  switch (node.type) {
    case 'Identifier':
      return { ...(constantOf(source, node.name) ?? nothing), refersTo: node.name };
    case 'ObjectExpression':
      return { ...nothing, properties: propertiesOf(source, node) };
    case 'ArrowFunctionExpression':
      return node.body.type === 'BlockStatement' ? nothing : documented(source, node.body);
    case 'ParenthesizedExpression':
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
      return documented(source, node.expression);
    case 'CallExpression': {
      if (node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier')
        return nothing;
      const { object, property } = node.callee;
      const last = node.arguments.at(-1);
      const argument = last && last.type !== 'SpreadElement' ? last : undefined;
      if (object.type === 'Identifier' && object.name === 'z') {
        if (argument?.type !== 'ArrayExpression') return argument ? documented(source, argument) : nothing;
        const variants = argument.elements.flatMap((element) =>
          element && element.type !== 'SpreadElement'
            ? [{ ...documented(source, element), ...commentBefore(source, element.start) }]
            : [],
        );
        return { ...nothing, variants };
      }
      const base = documented(source, object);
      if (property.name !== 'extend' || argument?.type !== 'ObjectExpression') return base;
      return { ...base, properties: new Map([...base.properties, ...propertiesOf(source, argument)]) };
    }
    default:
      return nothing;
  }
}

function propertiesOf(source: Source, { properties }: ObjectExpression): ReadonlyMap<string, Documented> {
  return new Map(
    properties.flatMap((property) => {
      if (property.type === 'SpreadElement') return [...documented(source, property.argument).properties];
      if (property.key.type !== 'Identifier') return [];
      const value = documented(source, property.value);
      return [[property.key.name, { ...value, ...commentBefore(source, property.start) }] as const];
    }),
  );
}

function commentBefore({ text, comments }: Source, start: number): Pick<Documented, 'text' | 'default'> {
  const found = comments.find(({ end, value }) => {
    return end <= start && value.startsWith('*') && text.slice(end, start).trim() === '';
  });
  if (!found) return { text: '' };
  const plain = found.value
    .replace(/^\*/, '')
    .replace(/^[ \t]*\*[ \t]?/gm, '')
    .trim();
  const [, before = '', byDefault] = /^([\s\S]*?)(?:^|\s)@default ([\s\S]*)$/.exec(plain) ?? [plain, plain];
  return { text: oneLine(before), ...(byDefault !== undefined && { default: oneLine(byDefault) }) };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
