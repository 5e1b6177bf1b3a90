const startsPart = /^(#{1,6} |<details>)/;

/**
 * Never cuts the text inside a `<details>` element.
 * @param limit maximum number of characters
 */
export function cutMarkdown(text: string, limit: number): { readonly text: string; readonly isCut: boolean } {
  if (text.length <= limit) return { text, isCut: false };
  let end = 0;
  let position = 0;
  let isFolded = false;
  for (const line of text.split('\n')) {
    if (position > limit) break;
    if (startsPart.test(line) && !isFolded) end = position;
    if (line.startsWith('<details>')) isFolded = true;
    if (line.startsWith('</details>')) isFolded = false;
    position += line.length + 1;
  }
  return { text: text.slice(0, end), isCut: true };
}
