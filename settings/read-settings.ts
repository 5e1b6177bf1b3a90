import * as z from 'zod/mini';

/** One environment variable: its parser, and the texts for the error message. */
export interface Setting<T> {
  readonly schema: z.core.$ZodType<T, string | undefined>;
  /** Text that completes "expected …" in the error message. */
  readonly expected: string;
  /** Text of the error message that says how to correct a wrong value. */
  readonly remedy: string;
  /** Whether the value is a secret. A message never shows the value of a secret. */
  readonly secret?: boolean;
  /**
   * Returns the text of a value for a message, without the secrets that the value may contain.
   * @default returns the value
   */
  readonly shown?: (given: string) => string;
}

type SettingsSpec = Readonly<Record<string, Setting<unknown>>>;

export type Settings<S extends SettingsSpec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Error with one line for each wrong setting: its name, the expected value, the actual value, the remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * The start of the text that Azure puts into a setting if it cannot read the secret. Anyone can guess this text,
 * therefore it is no secret.
 */
const unresolvedReference = '@Microsoft.KeyVault(';
const vaultRemedy = 'Grant the app’s identity the right to read that secret, then restart the app';

/**
 * Reads settings from environment variables. An empty variable counts as not set.
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
