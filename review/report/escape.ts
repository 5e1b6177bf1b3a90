/** A text as inline code of Markdown. The text can contain any character. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Lines as a fenced block of Markdown. */
export function block(language: string, lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A text for a cell of a table or for a sentence: no character has a meaning in Markdown or HTML. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>|~]/g, (character) => `\\${character}`)
    .replace(/@(?=\w)/g, '@\u200b');
}

/** Inline code for a cell of a table, in which a pipe also ends a cell. */
export function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** A text for HTML in Markdown. */
export function html(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[&<>"@|`*[\]]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
