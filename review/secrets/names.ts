import { embeddedReferences, publicNames, references, secretNames, smallestSecret } from './patterns.ts';

/** Whether a text under this name is a secret. References, switches and small numbers are no secrets. */
export function isSecret(name: string, value: string): boolean {
  return isSecretName(name) && !isHarmless(value);
}

const switches = /^(?:true|false|null|yes|no|on|off)$/i;
const authenticationSchemes = /^(?:\s|Bearer|Basic)*$/;

function isHarmless(value: string): boolean {
  if (value === '' || references.test(value) || switches.test(value)) return true;
  if (/^\d+$/.test(value)) return Number(value) < smallestSecret;
  // The text `Bearer $(TOKEN)` contains no secret.
  return authenticationSchemes.test(value.replace(embeddedReferences, ''));
}

/** Cache, because a plan repeats the same keys many times. */
const knownNames = new Map<string, boolean>();

export function isSecretName(name: string): boolean {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const words = (name.split(/[.[\]/]/).at(-1) ?? name)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .toLowerCase();
  const secret = secretNames.test(words) && !publicNames.has(words);
  knownNames.set(name, secret);
  return secret;
}
