import { parseSync, Visitor } from 'oxc-parser';
import { keep, mask, type Range } from './mask.ts';

const isTest = /^(describe|it|test)\b/;

/**
 * Keeps comments, test titles, and strings with white space. Masks other strings, such as paths.
 * @throws Error if the text cannot be parsed
 */
export function proseOfCode(file: string, text: string): string {
  const { program, comments, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file} does not parse: ${errors[0].message}`);
  const strings: Range[] = [];
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string' && /\s/.test(node.value)) strings.push(node);
    },
    JSXText(node) {
      if (/\s/.test(node.value)) strings.push(node);
    },
    TemplateLiteral({ quasis }) {
      if (quasis.some(({ value }) => /\s/.test(value.raw))) strings.push(...quasis);
    },
    CallExpression({ callee, arguments: [first] }) {
      if (first?.type === 'Literal' && isTest.test(text.slice(callee.start, callee.end))) strings.push(first);
    },
  }).visit(program);
  const inComments = new Set<Range>(comments);
  return keep(text, [...comments, ...strings], (part, range) => {
    // A phrase can continue on the next line of a comment. Therefore `//` and `*` become spaces.
    const plain = inComments.has(range) ? part.replace(/^[ \t]*(\/\/|\/?\*+)/gm, spaces) : part;
    return mask(plain, [/`[^`\n]*`/g]);
  });
}

function spaces(text: string): string {
  return ' '.repeat(text.length);
}
