import { mask } from './mask.ts';

/** The prose of a Markdown text, without fenced blocks, code spans, link targets and HTML comments. */
export function proseOfMarkdown(text: string): string {
  return mask(text, [
    /^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(^[ \t]*\2`*[ \t]*$|$(?![\s\S]))/gm,
    /<!--[\s\S]*?-->/g,
    /(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g,
    /\]\([^)\s]*\)/g,
    /<https?:[^>]*>/g,
  ]);
}
