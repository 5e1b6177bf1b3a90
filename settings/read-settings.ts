import * as z from 'zod/mini';

/** One environment variable: its parser, and the texts for the error message. */
export interface Setting<T> {
  readonly schema: z.core.$ZodType<T, string | undefined>;
  /** Completes "expected …". */
  readonly expected: string;
  /** The advice for a bad value. */
  readonly remedy: string;
  /** A secret's value never appears in a message. */
  readonly secret?: boolean;
  /** The form in which a message shows a value that may hold a secret. @default the value */
  readonly shown?: (given: string) => string;
}

type SettingsSpec = Readonly<Record<string, Setting<unknown>>>;

export type Settings<S extends SettingsSpec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Lists every wrong setting, one per line: its name, the expected value, the actual value, the remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The text that Azure puts into a setting when it cannot read the secret; anyone can guess it. */
const unresolvedReference = '@Microsoft.KeyVault(';
const vaultRemedy = 'Grant the app’s identity the right to read that secret, then restart the app';

/** An empty variable counts as unset. @throws SettingsError */
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
