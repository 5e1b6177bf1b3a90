import * as z from 'zod/mini';

/** An environment variable: its parser, and the texts of its error message. */
export interface Setting<T> {
  readonly schema: z.core.$ZodType<T, string | undefined>;
  /** End of the sentence "expected …" in the error message. */
  readonly expected: string;
  /** Sentence in the error message that explains how to correct the value. */
  readonly remedy: string;
  /** Whether the value is a secret, which no message shows. */
  readonly secret?: boolean;
  /**
   * Returns the value for a message, without secrets in the value.
   * @default the value itself
   */
  readonly shown?: (given: string) => string;
}

type SettingsSpec = Readonly<Record<string, Setting<unknown>>>;

export type Settings<S extends SettingsSpec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Error with one line for each wrong setting: name, expected value, actual value and remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Start of the text that Azure sets in place of a secret that it cannot read. Everyone knows this text, therefore it is
 * not a secret.
 */
const unresolvedReference = '@Microsoft.KeyVault(';
const vaultRemedy = 'Grant the app’s identity the right to read that secret, then restart the app';

/**
 * Reads settings from environment variables. An empty value means that the setting is absent.
 * @throws SettingsError if a setting is wrong
 */
export function readSettings<S extends SettingsSpec>(
  spec: S,
  env: Readonly<Record<string, string | undefined>>,
): Settings<S> {
  const settings: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, { schema, expected, remedy, secret, shown = String }] of Object.entries(spec)) {
    const given = env[name] || undefined;
    if (given?.startsWith(unresolvedReference)) {
      faults.push(
        `${name}: expected ${expected}, got a Key Vault reference that Azure could not resolve. ${vaultRemedy}.`,
      );
      continue;
    }
    const result = z.safeParse(schema, given);
    if (result.success) settings[name] = result.data;
    else {
      const came =
        given === undefined
          ? 'nothing'
          : secret
            ? 'another value, which is not shown because it is secret'
            : JSON.stringify(shown(given));
      faults.push(`${name}: expected ${expected}, got ${came}. ${remedy}.`);
    }
  }
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  return settings as Settings<S>;
}
