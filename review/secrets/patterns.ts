/** A shorter text matches no pattern of `secretForms`. */
export const shortestSecret = 7;

/** A small number, such as 5 in `token: 5`, is probably a count or a size. */
export const smallestSecret = 1000;

/** Each pattern must run in linear time, because texts can be long. */
export const secretForms: readonly { readonly what: string; readonly form: RegExp }[] = [
  { what: 'a private key', form: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { what: 'a JSON Web Token', form: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10}/ },
  {
    what: 'a password in a URL',
    form: /[a-z0-9+.-]:\/\/[^\s/:@"']+:[^\s/@"'${]+@/i,
  },
  { what: 'the URL of a Slack webhook', form: /hooks\.slack\.com\/services\/\w+\/\w+\/\w+/ },
  { what: 'the URL of a Teams webhook', form: /\.webhook\.office\.com\/webhookb2\/\S+/ },
  { what: 'a token of Slack', form: /\bxox[abeoprs]-[\w-]{10,}/ },
  { what: 'a token of GitHub', form: /\b(?:gh[opsru]_\w{30,}|github_pat_\w{30,})/ },
  { what: 'a token of GitLab', form: /\bglpat-[\w-]{20,}/ },
  { what: 'an access key of AWS', form: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'an account key of Azure', form: /\bAccountKey=[A-Za-z0-9+/]{40,}={0,2}/ },
  { what: 'a shared access signature of Azure', form: /[?&]sig=[A-Za-z0-9%+/]{30,}/ },
  { what: 'a shared access key of Azure', form: /\bSharedAccessKey=[A-Za-z0-9+/]{40,}={0,2}/ },
  { what: 'a seed of a NATS key', form: /\bS[ACNOUX][A-Z2-7]{56}\b/ },
  { what: 'a token of Grafana', form: /\bgl(?:sa|c)_[\w=]{30,}/ },
  { what: 'a header with a login', form: /\b(?:Bearer|Basic) [\w.~+/-]{20,}/ },
  { what: 'a client secret of Entra', form: /\b[\w.~-]{3}8Q~[\w.~-]{31,34}/ },
  { what: 'a password hash', form: /\$(?:2[aby]|5|6|y|argon2id?)\$[\w./$,=+-]{20,}/ },
];

/** Matches only names in snake case. `isSecretName` converts a name to snake case. */
export const secretNames =
  /(?:pass(?:word|wd|phrase)|(?:^|_)(?:pass|pwd|secret|token|apikey|(?:api|access|account|secret|private|shared|signing|encryption|routing|service|integration)_key|connection_string|credentials?|sas))$/;

/** These keys match `secretNames`, but their values are names of Secrets. */
export const publicNames: ReadonlySet<string> = new Set([
  'existing_secret',
  'pull_secret',
  'image_pull_secret',
]);

/** Texts that refer to a secret: expressions, file paths, or names of login methods. */
export const references =
  /^(?:\$\{.*\}|\$__(?:file|env)\{.*\}|\$[A-Z_][A-Z0-9_]*|\$\([A-Z_][A-Z0-9_]*\)|\{\{.*\}\}|\[.+\]|@Microsoft\.KeyVault\(.*\)|managedidentity|@?\.{0,2}\/[\w./-]+)$/s;

/** References to variables inside a longer text, such as `Bearer $(TOKEN)`. */
export const embeddedReferences = /\$\{[^{}]*\}|\$\([A-Z_][A-Z0-9_]*\)|\$[A-Z_][A-Z0-9_]*/g;

export const secretKinds: readonly string[] = ['Secret'];
