import type { monitoringSources } from '../../sources/monitoring.ts';
import {
  numberSetting,
  pemFileSetting,
  type Settings,
  SettingsError,
  textSetting,
  urlSetting,
} from '../settings.ts';

/** Default URL of the Pushgateway. The compiler compares its port with the port in `monitoringSources`. */
const onThisMachine =
  'http://127.0.0.1:9091' satisfies `http://127.0.0.1:${(typeof monitoringSources)['pushgateway']['port']}`;

export const pushgatewaySettings = {
  /** URL of the Pushgateway. */
  PUSHGATEWAY_URL: urlSetting(onThisMachine),
  /** User of basic authentication. @default no authentication */
  PUSHGATEWAY_USERNAME: textSetting('a user name without a colon', {
    remedy: 'Set it to a user name, or unset it to push without authentication',
    pattern: /^[^:\r\n]+$/,
  }),
  /** Password of `PUSHGATEWAY_USERNAME`. */
  PUSHGATEWAY_PASSWORD: textSetting('a password of one line', {
    remedy: 'Set it to the password of PUSHGATEWAY_USERNAME',
    secret: true,
  }),
  /** Path of a file with CA certificates for the Pushgateway, in addition to the CAs of Node. */
  PUSHGATEWAY_CA_FILE: pemFileSetting(),
  /** Seconds after which a push fails. */
  PUSH_TIMEOUT_SECONDS: numberSetting('seconds', { min: 0.1, max: 60, fallback: 5 }),
};

export interface PushgatewayConfig {
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** PEM certificates, not a path. */
  readonly ca: string | undefined;
  readonly timeoutMs: number;
}

/** @throws SettingsError if a password has no user name; the client would never send this password */
export function pushgatewayConfig(read: Settings<typeof pushgatewaySettings>): PushgatewayConfig {
  if (read.PUSHGATEWAY_PASSWORD !== undefined && read.PUSHGATEWAY_USERNAME === undefined) {
    throw new SettingsError(
      'PUSHGATEWAY_USERNAME: expected a user name, got nothing. PUSHGATEWAY_PASSWORD is set, and a password needs a user name. Set PUSHGATEWAY_USERNAME too, or unset PUSHGATEWAY_PASSWORD.',
    );
  }
  return {
    url: read.PUSHGATEWAY_URL,
    username: read.PUSHGATEWAY_USERNAME,
    password: read.PUSHGATEWAY_PASSWORD,
    ca: read.PUSHGATEWAY_CA_FILE,
    timeoutMs: read.PUSH_TIMEOUT_SECONDS * 1000,
  };
}
