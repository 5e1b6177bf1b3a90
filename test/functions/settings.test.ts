import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPusherConfig } from '../../functions/batch-pusher/settings.ts';
import { readSettings, SettingsError, urlSetting } from '../../functions/settings.ts';
import { readExporterConfig } from '../../functions/usdt-exporter/settings.ts';

function fault(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
  }
  throw new Error('no SettingsError');
}

describe('the settings of a function', () => {
  it('have defaults for missing and empty variables', () => {
    expect(readExporterConfig({ USDT_REFRESH_SECONDS: '' })).toEqual({
      upstreamUrl: 'https://p2p.binance.com/bapi/c2c/v2/friendly/c2c/adv/search',
      refreshMs: 600_000,
      upstreamTimeoutMs: 10_000,
      pushgateway: undefined,
    });
    expect(readPusherConfig({})).toMatchObject({
      pushgateway: { url: 'http://127.0.0.1:9091', timeoutMs: 5000 },
      tokens: [],
    });
  });

  it.each([
    ['http://127.0.0.1:5002', 'http://127.0.0.1:5002/bapi/c2c/v2/friendly/c2c/adv/search'],
    ['http://127.0.0.1:5002/offers', 'http://127.0.0.1:5002/offers'],
  ])('add the default path only to an upstream URL without a path: %s', (url, asked) => {
    expect(readExporterConfig({ USDT_UPSTREAM_URL: url }).upstreamUrl).toBe(asked);
  });

  it.each([
    [
      { USDT_REFRESH_SECONDS: 'ten' },
      'USDT_REFRESH_SECONDS: expected a number of seconds from 1 to 86400, got "ten". Set a valid value, or unset it to use 600.',
    ],
    [
      { USDT_REFRESH_SECONDS: '0' },
      'USDT_REFRESH_SECONDS: expected a number of seconds from 1 to 86400, got "0". Set a valid value, or unset it to use 600.',
    ],
    [
      { USDT_UPSTREAM_URL: 'ftp://x' },
      'USDT_UPSTREAM_URL: expected an http:// or https:// URL with a host, an optional port from 1 to 65535, and without user, password, query and fragment, got "ftp://x". Set a valid URL, or unset it to use https://p2p.binance.com/bapi/c2c/v2/friendly/c2c/adv/search.',
    ],
  ])('with a wrong value cause an error with the remedy: %j', (env, message) => {
    expect(fault(() => readExporterConfig(env))).toBe(message);
  });

  it('contain the period of the ETL only if ETL_PERIOD_SECONDS is set', () => {
    expect(readPusherConfig({ ETL_PERIOD_SECONDS: '3600' }).etlPeriodSeconds).toBe(3600);
    expect(readPusherConfig({}).etlPeriodSeconds).toBeUndefined();
    expect(fault(() => readPusherConfig({ ETL_PERIOD_SECONDS: '1h' }))).toBe(
      'ETL_PERIOD_SECONDS: expected a number of seconds from 1 to 31622400, got "1h". Set a valid value, or unset it.',
    );
  });

  it('with wrong values are reported together in one error', () => {
    const message = fault(() => readPusherConfig({ PUSH_TIMEOUT_SECONDS: 'x', ETL_FAIL_AT: 'lunch' }));
    expect(message.split('\n')).toHaveLength(2);
  });

  it('with a wrong secret cause an error that does not show the secret', () => {
    const message = fault(() => readPusherConfig({ API_TOKEN: 'too-short' }));
    expect(message).toContain('API_TOKEN: expected at least 16 printable characters');
    expect(message).toContain('openssl rand -hex 32');
    expect(message).not.toContain('too-short');
  });

  it('refuse a password without a user name', () => {
    expect(fault(() => readPusherConfig({ PUSHGATEWAY_PASSWORD: 'secret' }))).toMatch(
      /^PUSHGATEWAY_USERNAME: expected a user name, got nothing\. PUSHGATEWAY_PASSWORD is set/,
    );
  });

  it('refuse a token that is still an unresolved Key Vault reference', () => {
    const reference = '@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/token)';
    const message = fault(() => readPusherConfig({ API_TOKEN: reference }));
    expect(message).toMatch(
      /^API_TOKEN: .*could not resolve\. Grant the app’s identity the right to read that secret/,
    );
    expect(message).not.toContain('vault.example');
  });

  it('contain the tokens from `API_TOKEN` and from `API_TOKEN_PREVIOUS`', () => {
    const env = { API_TOKEN: 'present-token-of-length', API_TOKEN_PREVIOUS: 'previous-token-of-length' };
    expect(readPusherConfig(env).tokens).toEqual(['present-token-of-length', 'previous-token-of-length']);
  });

  it('refuse a CA file that is missing or contains no certificate', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'pem-')), 'ca.pem');
    const message = () => fault(() => readPusherConfig({ PUSHGATEWAY_CA_FILE: file }));
    expect(message()).toContain('expected the path of a readable file with PEM certificates');
    writeFileSync(file, 'not a certificate');
    expect(message()).toContain('PUSHGATEWAY_CA_FILE');
  });

  it.each([
    ['a query', 'http://127.0.0.1:9091?a=b'],
    ['an empty query', 'http://127.0.0.1:9091/?'],
    ['a fragment', 'http://127.0.0.1:9091#a'],
    ['an empty fragment', 'http://127.0.0.1:9091#'],
    ['a user', 'http://reader@127.0.0.1:9091'],
    ['a port above 65535', 'http://127.0.0.1:99999'],
    ['port 0', 'http://127.0.0.1:0'],
    ['a colon but no port', 'http://gateway:/prefix'],
    ['a port but no host', 'http://:9091'],
    ['no host', 'http://'],
    ['a path but no host', 'http:///metrics'],
    ['no slashes', 'http:9091'],
    ['white space', 'http://gate way:9091'],
    ['a line break', 'http://gate\nway:9091'],
    ['a backslash', 'http://gateway\\a'],
    ['an invalid address', 'http://127.0.0.999'],
    ['another scheme', 'ftp://gateway'],
  ])('refuse a URL with %s', (_, url) => {
    expect(fault(() => readPusherConfig({ PUSHGATEWAY_URL: url }))).toMatch(
      /^PUSHGATEWAY_URL: expected an http/,
    );
    expect(fault(() => readExporterConfig({ USDT_UPSTREAM_URL: url }))).toMatch(
      /^USDT_UPSTREAM_URL: expected an/,
    );
  });

  it.each([
    ['http://127.0.0.1:9091\n', 'http://127.0.0.1:9091'],
    [' https://gateway/prefix/ ', 'https://gateway/prefix/'],
    ['HTTP://[::1]:9091', 'HTTP://[::1]:9091'],
  ])('read the URL %j as %s', (url, taken) => {
    expect(readPusherConfig({ PUSHGATEWAY_URL: url }).pushgateway.url).toBe(taken);
  });

  it('hide the login and the query string of a refused URL in the error message', () => {
    const message = fault(() =>
      readPusherConfig({ PUSHGATEWAY_URL: 'http://a:s3cret@gateway/p?token=s3cret' }),
    );
    expect(message).toContain('got "http://…@gateway/p?…"');
    expect(message).not.toContain('s3cret');
  });

  it.each([
    ['gateway-user:s3cret@gateway:9091'],
    ['http:/user:s3cret@gateway:9091'],
    ['http://user:s3/cret@gateway:9091'],
    ['http://user:s3#cret@gateway:9091'],
    ['http://user:s3?cret@gateway:9091'],
    ['http://user:s3@cret@gateway:99999'],
    ['http://gateway:9091/?mail=a@s3cret'],
  ])('refuse %s without showing the secret', (url) => {
    const message = fault(() => readPusherConfig({ PUSHGATEWAY_URL: url }));
    expect(message).not.toMatch(/s3|cret|user:/);
  });

  it('accept a query string in a URL setting that allows query strings', () => {
    const settings = { URL: urlSetting(undefined, { query: true }) };
    const url = 'https://rates.example/latest?base=EUR';
    expect(readSettings(settings, { URL: url })).toEqual({ URL: url });
    expect(fault(() => readSettings(settings, { URL: `${url}#a` }))).toContain(
      'user, password and fragment, got',
    );
  });
});
