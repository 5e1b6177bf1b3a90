/** The text of the first `#` heading. Undefined without such a heading. */
export const titleOf = (markdown: string): string | undefined =>
  /^# +(.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '').trim();

/** The anchor that GitHub gives to a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
