/** Undefined without a title. */
export const titleOf = (markdown: string): string | undefined =>
  /^# +(.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '').trim();

/** The anchor of a heading on GitHub. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
