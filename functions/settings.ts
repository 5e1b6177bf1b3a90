import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { Setting } from '../settings/read-settings.ts';
import { type HttpUrlOptions, isHttpUrl, shownUrl } from './http/http-url.ts';

export { readSettings, type Setting, type Settings, SettingsError } from '../settings/read-settings.ts';

const decimal = z.string().check(z.regex(/^-?\d+(\.\d+)?$/));

interface NumberOptions {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

/** @param unit word for the error message, such as `seconds` */
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
    remedy: `Set a valid value, or unset it${fallback === undefined ? '' : ` to use ${fallback}`}`,
  };
}

export function portSetting(fallback: number): Setting<number> {
  return {
    ...numberSetting('port', { min: 0, max: 65535, fallback, integer: true }),
    expected: 'a TCP port, 0 to 65535',
  };
}

/** A setting with the URL of an HTTP server. Spaces around the URL are removed. */
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
    expected: `an http:// or https:// URL with a host, an optional port from 1 to 65535, and without ${unwanted}`,
    remedy: fallback === undefined ? 'Set a valid URL' : `Set a valid URL, or unset it to use ${fallback}`,
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
    remedy: 'Set a valid value, or unset it',
  };
}

/** A setting for a PEM file. The variable has the path; the value is the content of the file. */
export function pemFileSetting(): Setting<string | undefined> {
  return {
    schema: z.optional(z.pipe(z.string(), z.transform(readPem))),
    expected: 'the path of a readable file with PEM certificates',
    remedy: 'Set it to such a path, or unset it to trust only the certificates that Node trusts',
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
