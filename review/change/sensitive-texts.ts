import type { Plan } from '../plan/read-plan.ts';
import { Hidden, isBranch, isList, sensitiveText, type Tree } from './tree.ts';

/** Returns the sensitive strings and numbers of a plan, and their JSON, base64 and URL encodings. */
export function sensitiveTexts(plan: Plan): readonly string[] {
  const found = new Set<string>();
  for (const { change } of [...plan.resource_changes, ...plan.resource_drift]) {
    collect(change.before, change.before_sensitive, found);
    collect(change.after, change.after_sensitive, found);
  }
  const declared = plan.configuration?.root_module?.variables ?? {};
  for (const [name, { value }] of Object.entries(plan.variables ?? {})) {
    collect(value, declared[name]?.sensitive === true, found);
  }
  // The longest text is masked first, because a long text can contain a short text.
  return [...found].flatMap(spellings).sort((one, other) => other.length - one.length);
}

function spellings(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const terraform = json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  const url = /\p{Surrogate}/u.test(text) ? text : encodeURIComponent(text);
  return [...new Set([text, json, terraform, Buffer.from(text).toString('base64'), url])];
}

/** Ignores short and common values, because harmless texts contain them too. */
function collect(value: unknown, marks: unknown, found: Set<string>): void {
  if (marks === true && typeof value === 'string') {
    if (value.length >= 8 && !/^[A-Za-z]+(?:[-_.][A-Za-z]+)*$/.test(value)) found.add(value);
    return;
  }
  if (marks === true && typeof value === 'number') {
    if (/^-?\d{6,}$|\d\.\d{4,}$/.test(String(value)) && value % 1000 !== 0) found.add(String(value));
    return;
  }
  if (typeof value !== 'object' || value === null || (typeof marks === 'boolean' && !marks)) return;
  for (const [key, child] of Object.entries(value)) {
    collect(
      child,
      marks === true ? true : (marks as Readonly<Record<string, unknown>> | undefined)?.[key],
      found,
    );
  }
}

export function withoutTexts(tree: Tree, texts: readonly string[]): Tree {
  if (texts.length === 0) return tree;
  if (typeof tree === 'string') {
    return contains(tree, texts) ? new Hidden(sensitiveText, tree) : tree;
  }
  if (typeof tree === 'number') {
    return contains(String(tree), texts) ? new Hidden(sensitiveText, tree) : tree;
  }
  if (isList(tree)) return tree.map((element) => withoutTexts(element, texts));
  if (!isBranch(tree)) return tree;
  if (Object.keys(tree).some((key) => contains(key, texts))) return new Hidden(sensitiveText, tree);
  return Object.fromEntries(Object.entries(tree).map(([key, child]) => [key, withoutTexts(child, texts)]));
}

/** A line of text in which the sensitive texts are replaced. */
export function maskedLine(line: string, texts: readonly string[]): string {
  return texts.reduce((masked, text) => masked.replaceAll(text, sensitiveText), line);
}

function contains(whole: string, texts: readonly string[]): boolean {
  return texts.some((text) => whole.includes(text));
}
