import { describe, expect, it } from 'vitest';
import { readGrafanaServer } from '../../../demo/grafana/settings.ts';
import { SettingsError } from '../../../settings/read-settings.ts';

describe('the settings of Grafana', () => {
  it('are not read without GRAFANA_URL', () => {
    expect(readGrafanaServer({ GRAFANA_TOKEN: 'glsa_x' })).toBeUndefined();
    expect(readGrafanaServer({ GRAFANA_URL: '' })).toBeUndefined();
  });

  it('contain only the token if a token and a password are set', () => {
    const env = {
      GRAFANA_URL: 'https://grafana.example/sub/',
      GRAFANA_TOKEN: 't',
      GRAFANA_USER: 'u',
      GRAFANA_PASSWORD: 'p',
    };
    expect(readGrafanaServer(env)).toEqual({
      url: 'https://grafana.example/sub',
      login: { token: 't' },
      prometheusUrl: undefined,
    });
    expect(readGrafanaServer({ ...env, GRAFANA_TOKEN: '' })?.login).toEqual({ username: 'u', password: 'p' });
  });

  it('contain the URL at which Grafana reaches Prometheus', () => {
    const env = { GRAFANA_URL: 'http://g', GRAFANA_TOKEN: 't', GRAFANA_PROMETHEUS_URL: 'http://p:9090/' };
    expect(readGrafanaServer(env)?.prometheusUrl).toBe('http://p:9090');
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ GRAFANA_URL: 'grafana:3000', GRAFANA_TOKEN: 't' }, /GRAFANA_URL: expected the URL of a server/],
    [
      { GRAFANA_URL: 'http://me:swordfish@g', GRAFANA_TOKEN: 't' },
      /GRAFANA_URL: expected .* got "http:\/\/…@g"/,
    ],
    [{ GRAFANA_URL: 'http://g' }, /without a login\. Set GRAFANA_TOKEN/],
    [{ GRAFANA_URL: 'http://g', GRAFANA_USER: 'swordfish' }, /without a login/],
    [{ GRAFANA_URL: 'http://g', GRAFANA_TOKEN: 'swordfish\n' }, /GRAFANA_TOKEN: expected printable ASCII/],
    [
      { GRAFANA_URL: 'http://g', GRAFANA_TOKEN: 't', GRAFANA_PROMETHEUS_URL: 'x' },
      /GRAFANA_PROMETHEUS_URL: expected the URL/,
    ],
  ])('are refused if invalid, and the error contains no secret: %j', (env, message) => {
    const read = () => readGrafanaServer(env);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/swordfish/);
  });
});
