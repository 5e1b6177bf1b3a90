/** Returns a Markdown table. An empty cell becomes a dash, and a line break becomes a space. */
export function table(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replace(/\n/g, ' ').replaceAll('|', '\\|') || '–').join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Formats text as inline code. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** First line of a completely generated file. */
export const generatedNotice = '<!-- generated as a whole: npm run generate writes this file -->';
