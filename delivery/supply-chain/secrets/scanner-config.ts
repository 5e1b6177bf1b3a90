import { secretForms } from '../../../review/secrets/patterns.ts';

/** Id of a gitleaks rule, such as `plan-review-a-token-of-grafana`. */
const ruleId = (what: string) => `plan-review-${what.toLowerCase().replaceAll(' ', '-')}`;

/**
 * The configuration of gitleaks in TOML. It contains the rules of gitleaks and the secret patterns of the plan review.
 * `JSON.stringify` writes the TOML strings, because every JSON string is also a valid TOML string.
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
 * Converts a pattern to the syntax of Go. Go has no look-behind. Therefore a look-behind at the start of the pattern is
 * removed, and the Go pattern can match more texts than the original pattern.
 * @example goPattern(/(?<![\w-])eyJ/) // 'eyJ', which also matches a part of 'monkeyJar'
 */
export function goPattern(form: RegExp): string {
  const source = form.source.replace(/^\(\?<!\[[^\]]*\]\)/, '');
  return form.flags.includes('i') ? `(?i)${source}` : source;
}
