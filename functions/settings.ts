import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { type HttpUrlOptions, isHttpUrl, shownUrl } from './http/http-url.ts';

/** One environment variable: how it is read, and what to say when that fails. */
export interface Setting<T> {
  readonly schema: z.core.$ZodType<T, string | undefined>;
  /** Completes "expected …". */
  readonly expected: string;
  /** What to do about a bad value. */
  readonly remedy: string;
  /** A secret's value never appears in a message. */
  readonly secret?: boolean;
  /** What a message shows of a value that may hold a secret. @default the value */
  readonly shown?: (given: string) => string;
}

type SettingsSpec = Readonly<Record<string, Setting<unknown>>>;

export type Settings<S extends SettingsSpec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Every setting that is wrong, one a line: its name, what was expected, what came, the remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** What Azure leaves in a setting whose secret it could not read: a text that everyone can guess. */
const unresolvedReference = '@Microsoft.KeyVault(';
const vaultRemedy = 'Let the app’s identity read that secret, then restart the app';

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
      const came = given === undefined ? 'nothing' : secret ? 'something else' : JSON.stringify(shown(given));
      faults.push(`${name}: expected ${expected}, got ${came}. ${remedy}.`);
    }
  }
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  return settings as Settings<S>;
}

const decimal = z.string().check(z.regex(/^-?\d+(\.\d+)?$/));

interface NumberOptions {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

/** A number of `unit`s within the bounds; `fallback` where the variable is unset. */
export function numberSetting(
  unit: string,
  options: NumberOptions & { readonly fallback: number },
): Setting<number>;
export function numberSetting(unit: string, options: NumberOptions): Setting<number | undefined>;
export function numberSetting(
  unit: string,
  { min, max, fallback, integer = false }: NumberOptions & { readonly fallback?: number },
): Setting<number | undefined> {
  const bounded = z.number().check(z.minimum(min), z.maximum(max));
  const number = integer ? bounded.check(z.multipleOf(1)) : bounded;
  const read = z.pipe(z.pipe(decimal, z.transform(Number)), number);
  return {
    schema: fallback === undefined ? z.optional(read) : z.pipe(z._default(decimal, String(fallback)), read),
    expected: `${integer ? 'a whole number' : 'a number'} of ${unit} from ${min} to ${max}`,
    remedy: `Set it to one, or unset it${fallback === undefined ? '' : ` for ${fallback}`}`,
  };
}

export function portSetting(fallback: number): Setting<number> {
  return {
    ...numberSetting('port', { min: 0, max: 65535, fallback, integer: true }),
    expected: 'a TCP port, 0 to 65535',
  };
}

/** The address of an HTTP server; white space around it is dropped. */
export function urlSetting(fallback: string, options?: HttpUrlOptions): Setting<string>;
export function urlSetting(fallback?: undefined, options?: HttpUrlOptions): Setting<string | undefined>;
export function urlSetting(fallback?: string, options: HttpUrlOptions = {}): Setting<string | undefined> {
  const url = z.string().check(
    z.trim(),
    z.refine((text) => isHttpUrl(text, options)),
  );
  const unwanted = options.query ? 'user, password and fragment' : 'user, password, query and fragment';
  return {
    schema: fallback === undefined ? z.optional(url) : z._default(url, fallback),
    expected: `an http:// or https:// URL with a host, a port from 1 to 65535 where it has one, and without ${unwanted}`,
    remedy: fallback === undefined ? 'Set it to one' : `Set it to one, or unset it for ${fallback}`,
    shown: shownUrl,
  };
}

export function textSetting(
  expected: string,
  options: { remedy: string; pattern?: RegExp; secret?: boolean },
): Setting<string | undefined> {
  const { pattern = /^[^\r\n]+$/, secret = false, remedy } = options;
  return { schema: z.optional(z.string().check(z.regex(pattern))), expected, remedy, secret };
}

export function choiceSetting<const T extends string>(choices: readonly T[]): Setting<T | undefined> {
  return {
    schema: z.optional(z.enum(choices)),
    expected: `one of ${choices.join(', ')}`,
    remedy: 'Set it to one, or unset it',
  };
}

/** A file of certificates that are trusted in addition to those that Node trusts; its content is the value. */
export function pemFileSetting(): Setting<string | undefined> {
  return {
    schema: z.optional(z.pipe(z.string(), z.transform(readPem))),
    expected: 'the path of a readable file with PEM certificates',
    remedy: 'Set it to one, or unset it to trust only the certificates that Node trusts',
  };
}

function readPem(path: string, context: z.core.ParsePayload): string {
  try {
    const pem = readFileSync(path, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch {
    context.issues.push({ code: 'custom', input: path, message: 'not a PEM file' });
    return z.NEVER;
  }
}
