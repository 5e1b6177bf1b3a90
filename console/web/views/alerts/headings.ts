/** The title of a Markdown document; undefined if the document has no title. */
export const titleOf = (markdown: string): string | undefined =>
  /^# +(.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '').trim();

/** The anchor that GitHub creates for a heading with this text. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
