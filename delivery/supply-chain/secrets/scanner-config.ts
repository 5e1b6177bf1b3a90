import { secretForms } from '../../../review/secrets/patterns.ts';

/** Id of a gitleaks rule, such as `plan-review-a-token-of-grafana`. */
const ruleId = (what: string) => `plan-review-${what.toLowerCase().replaceAll(' ', '-')}`;

/** The rules of gitleaks and the secret patterns of the plan review, as a TOML configuration of gitleaks. */
export function scannerConfig(): string {
  const rules = secretForms.map(({ what, form }) =>
    [
      '[[rules]]',
      // Every JSON string is also a valid TOML string.
      `id = ${JSON.stringify(ruleId(what))}`,
      `description = ${JSON.stringify(what)}`,
      `regex = ${JSON.stringify(goPattern(form))}`,
    ].join('\n'),
  );
  return `${['[extend]\nuseDefault = true', ...rules].join('\n\n')}\n`;
}

/**
 * Converts a pattern to the syntax of Go, which has no look-behind. Without the look-behind at its start, a pattern can
 * match more texts.
 * @example goPattern(/(?<![\w-])eyJ/) // 'eyJ', which also matches a part of 'monkeyJar'
 */
export function goPattern(form: RegExp): string {
  const source = form.source.replace(/^\(\?<!\[[^\]]*\]\)/, '');
  return form.flags.includes('i') ? `(?i)${source}` : source;
}
