import type { StackJson } from './synthesis.ts';

/** Returns each string and each key in the value. A key can be an expression such as `${var.name}`. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** The contents of all `${…}` in a text. `$${…}` is an escaped text, not an expression. */
export function expressionsIn(text: string): string[] {
  const expressions: string[] = [];
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', at + 2)) {
    if (text[at - 1] === '$') continue;
    let depth = 1;
    let end = at + 2;
    while (end < text.length && depth > 0) {
      if (text[end] === '{') depth++;
      if (text[end] === '}') depth--;
      end++;
    }
    if (depth > 0) throw new Error(`unclosed expression in ${JSON.stringify(text.slice(at, at + 80))}`);
    expressions.push(text.slice(at + 2, end - 1));
  }
  return expressions;
}

/** Returns references such as `type.name`, `data.type.name` or `var.name`. */
export function referencesIn(expression: string): string[] {
  const code = expression.replace(/"(\\.|[^"\\])*"/g, (quoted) =>
    expressionsIn(quoted)
      .map((e) => ` ${e} `)
      .join(''),
  );
  return [...code.matchAll(/(?<![\w.-])[a-z_]\w*(?:\.[\w-]+)+/g)].map(([chain]) => {
    const parts = chain.split('.');
    const length = parts[0] === 'data' || parts[0] === 'ephemeral' ? 3 : 2;
    return parts.slice(0, length).join('.');
  });
}

/** Returns the address of each block in a stack, for example `var.name`. */
export function declaredIn(stack: StackJson): Set<string> {
  const { resource, data = {}, ephemeral = {}, variable = {} } = stack;
  const named = (prefix: string, blocks: Readonly<Record<string, object>>) =>
    Object.entries(blocks).flatMap(([type, byName]) =>
      Object.keys(byName).map((name) => `${prefix}${type}.${name}`),
    );
  return new Set([
    ...named('', resource),
    ...named('data.', data),
    ...named('ephemeral.', ephemeral),
    ...Object.keys(variable).map((name) => `var.${name}`),
  ]);
}
