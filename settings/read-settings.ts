import * as z from 'zod/mini';

/** An environment variable with its parser, and with texts for the error message. */
export interface Setting<T> {
  readonly schema: z.core.$ZodType<T, string | undefined>;
  /** Continues the sentence "expected …" of the error message. */
  readonly expected: string;
  /** Last sentence of the error message: how to correct the value. */
  readonly remedy: string;
  /** Whether the value is a secret. No message contains a secret. */
  readonly secret?: boolean;
  /**
   * Returns the value as text for the error message. The text must contain no secret.
   * @default the complete value
   */
  readonly shown?: (given: string) => string;
}

type SettingsSpec = Readonly<Record<string, Setting<unknown>>>;

export type Settings<S extends SettingsSpec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** One line for each wrong setting: name, expected value, actual value and remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** If Azure cannot read a secret, the value of the variable starts with this text. */
const unresolvedReference = '@Microsoft.KeyVault(';
const vaultRemedy = 'Grant the app’s identity the right to read that secret, then restart the app';

/**
 * Reads settings from environment variables. An empty value counts as an absent setting.
 * @throws SettingsError
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
