/** A text that is no secret, although the scanner reports the text. */
export interface Reviewed {
  /** Pattern for the whole text that the scanner found. */
  readonly text: RegExp;
  /** Start of the path of each file that may contain the text, such as `test/`. */
  readonly files: string;
  readonly reason: string;
}

/** The patterns contain escapes, such as `\s` for a space, because the scanner also reads this file. */
export const reviewed: readonly Reviewed[] = [
  {
    text: /^[a-z0-9]:\/\/(user|me|a|reader):(hunter2|word|swordfish|secret|s3(#cret|\?cret|cret)?)@$/i,
    files: 'test/',
    reason: 'an address with an invented password: tests of addresses with credentials need such an address',
  },
  {
    text: /^-----BEGIN\s(EC )?PRIVATE KEY-----$/,
    files: 'test/review/secrets.test.ts',
    reason:
      'the first line of an invented private key: a test checks that the plan review rejects private keys',
  },
  {
    text: /^-----BEGIN\sPRIVATE KEY-----$/,
    files: 'test/platforms/settings.ts',
    reason:
      'the first line of an invented private key: a test checks that the setting objectStorage.ca rejects private keys',
  },
  {
    text: /^\$2b\$04\$lj4wyBeqFswawIwbkqQlmeFW0r\.qpMckmu\/IPizIb3WuGM\/0NbnOm$/,
    files: 'test/airflow/push.test.ts',
    reason: 'the hash of an invented password for a Pushgateway that the test starts on 127.0.0.1',
  },
  {
    text: /^Bearer\sa-token-of-enough-length$/,
    files: 'test/functions/adapters/conformance.ts',
    reason: 'an invented token for a function that the test starts on 127.0.0.1',
  },
];
