import { secretForms } from '../../../review/secrets/patterns.ts';

/** Id of a gitleaks rule, such as `plan-review-a-token-of-grafana`. */
const ruleId = (what: string) => `plan-review-${what.toLowerCase().replaceAll(' ', '-')}`;

/** TOML configuration of gitleaks: its own rules and the secret patterns of the plan review. */
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
 * Removes a look-behind from the start of the pattern, because Go does not support look-behinds.
 * @example goPattern(/(?<![\w-])eyJ/) // 'eyJ'
 */
export function goPattern(form: RegExp): string {
  const source = form.source.replace(/^\(\?<!\[[^\]]*\]\)/, '');
  return form.flags.includes('i') ? `(?i)${source}` : source;
}
