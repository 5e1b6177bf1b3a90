import { secretForms } from '../../../review/secrets/patterns.ts';

/** Id of the rule for a secret pattern of the plan review, such as `plan-review-a-token-of-grafana`. */
const ruleId = (what: string) => `plan-review-${what.toLowerCase().replaceAll(' ', '-')}`;

/**
 * The configuration of gitleaks in TOML: the rules of gitleaks, and the patterns of secrets that the plan review
 * refuses. A string in the syntax of JSON is also a string in TOML.
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
 * Converts a pattern to the syntax of Go. Go has no look-behind. Therefore a look-behind at the start is removed, and
 * the new pattern also finds texts that the old pattern excludes.
 */
export function goPattern(form: RegExp): string {
  const source = form.source.replace(/^\(\?<!\[[^\]]*\]\)/, '');
  return form.flags.includes('i') ? `(?i)${source}` : source;
}
