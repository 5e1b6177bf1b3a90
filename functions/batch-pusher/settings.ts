import { numberSetting, readSettings, type Setting, textSetting, urlSetting } from '../settings.ts';

export interface PusherConfig {
  readonly pushgateway: {
    readonly url: string;
    readonly username: string | undefined;
    readonly password: string | undefined;
    readonly timeoutMs: number;
  };
  /** Tokens that are accepted, none where the API is open: the present one and, while it is rotated, the one before. */
  readonly tokens: readonly string[];
}

const token: Setting<string | undefined> = textSetting('at least 16 printable characters without spaces', {
  remedy: 'Make one with: openssl rand -hex 32',
  pattern: /^[\x21-\x7e]{16,}$/,
  secret: true,
});

const settings = {
  PUSHGATEWAY_URL: urlSetting('http://127.0.0.1:9091'),
  PUSHGATEWAY_USERNAME: textSetting('a user name without a colon', {
    remedy: 'Set it to one, or unset it for no authentication',
    pattern: /^[^:\r\n]+$/,
  }),
  PUSHGATEWAY_PASSWORD: textSetting('a password of one line', {
    remedy: 'Set it to the password of PUSHGATEWAY_USERNAME',
    secret: true,
  }),
  PUSH_TIMEOUT_SECONDS: numberSetting('seconds', { min: 0.1, max: 60, fallback: 5 }),
  API_TOKEN: token,
  API_TOKEN_PREVIOUS: token,
};

/** @throws SettingsError */
export function readPusherConfig(env: Readonly<Record<string, string | undefined>>): PusherConfig {
  const read = readSettings(settings, env);
  return {
    pushgateway: {
      url: read.PUSHGATEWAY_URL,
      username: read.PUSHGATEWAY_USERNAME,
      password: read.PUSHGATEWAY_PASSWORD,
      timeoutMs: read.PUSH_TIMEOUT_SECONDS * 1000,
    },
    tokens: [read.API_TOKEN, read.API_TOKEN_PREVIOUS].filter((value) => value !== undefined),
  };
}
