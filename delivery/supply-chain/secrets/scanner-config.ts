import { secretForms } from '../../../review/secrets/patterns.ts';

/** Id of the rule for a form of the plan review, such as `plan-review-a-token-of-grafana`. */
const ruleId = (what: string) => `plan-review-${what.toLowerCase().replaceAll(' ', '-')}`;

/**
 * The configuration of gitleaks in TOML: its own rules, and the forms of secrets that the plan review refuses. A string
 * of JSON is also a string of TOML.
 */
export function scannerConfig(): string {
  const rules = secretForms.map(({ what, form }) =>
    [
      '[[rules]]',
      `id = ${JSON.stringify(ruleId(what))}`,
      `description = ${JSON.stringify(what)}`,
      `regex = ${JSON.stringify(goPattern(form))}`,
    ].join('\n'),
  );
  return `${['[extend]\nuseDefault = true', ...rules].join('\n\n')}\n`;
}

/**
 * Converts a pattern to the syntax of Go, and removes a look-behind at its start. Go has no look-behind. The new
 * pattern finds more texts.
 */
export function goPattern(form: RegExp): string {
  const source = form.source.replace(/^\(\?<!\[[^\]]*\]\)/, '');
  return form.flags.includes('i') ? `(?i)${source}` : source;
}
