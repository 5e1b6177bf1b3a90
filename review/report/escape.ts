/** Replaces invisible characters, which could change a terminal or reorder the shown text. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\n' ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Disables commands of GitHub Actions (`::`, `##[`) and of Azure Pipelines (`##vso[`). */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*:)(?=:)|(#)(?=#(?:\[|vso\[))/gim, '$&\u200b');
}

/** Writes `#` as `\u0023` in JSON, because CI systems run texts such as `##vso[task]` as commands. */
export function jsonWithoutCommands(text: string): string {
  return text.replace(/#(?=#(?:\[|vso\[))/gi, '\\u0023');
}

const oneLine = (text: string) => visible(text.replace(/\s+/g, ' '));

/** Writes a text as inline code of Markdown, even if the text contains backticks. */
function code(text: string): string {
  const line = oneLine(text).trim() || ' ';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

export function block(language: string, lines: readonly string[]): string {
  const text = visible(lines.join('\n'));
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A zero-width space prevents links. GitHub links URLs, mentions and issues even in escaped text. */
function unlinked(text: string): string {
  return text.replace(/@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, '$&\u200b');
}

/** Escapes the characters that have a meaning inside a line of Markdown or HTML. */
export function plain(text: string): string {
  return unlinked(oneLine(text)).replace(/[\\`*_{}[\]<>|~&$]/g, (character) => `\\${character}`);
}

/** Inline code for a cell of a table. A pipe would end the cell even in inline code. */
export function cell(text: string): string {
  if (!text.includes('|')) return code(text);
  const entities = oneLine(text).replace(/[^\w ]|_/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${entities}</code>`;
}

export function html(text: string): string {
  return unlinked(oneLine(text)).replace(/[&<>"|`*[\]]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
