import { describe, expect, it } from 'vitest';
import { dev, local } from '../../config/environments/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { type Json, problemsOf, withSetting } from '../platforms/environment-values.ts';

const urls: [setting: string, environment: EnvironmentValues, error: string][] = [
  ['alerting.runbooks', dev, 'expected a URL such as https://'],
  ['usdtExporter.upstreamUrl', local, 'expected a URL such as https://'],
  ['charts.mirror', dev, 'expected oci://… or https://…'],
];

const receiver = {
  name: 'mail',
  kind: 'email',
  severities: ['critical'],
  to: 'on-call@example.com',
  from: 'prometheus@example.com',
  username: 'prometheus',
};

describe.each(urls)('the setting %s', (setting, environment, expected) => {
  it.each([
    ['a port above 65535', 'https://proxy.corp:99999'],
    ['port 0', 'https://proxy.corp:0/a'],
    ['a port that is not a number', 'https://proxy.corp:http'],
    ['a colon but no port', 'https://proxy.corp:/a'],
    ['a port but no host', 'https://:8080'],
    ['no host', 'https://'],
    ['a path but no host', 'https:///a'],
    ['one slash', 'https:/proxy.corp'],
    ['an invalid IPv4 address', 'https://192.0.2.999'],
    ['an invalid IPv6 address', 'https://[2001:db8::g]'],
    ['a query', 'https://proxy.corp/a?b=c'],
    ['an empty query', 'https://proxy.corp?'],
    ['a fragment', 'https://proxy.corp/a#b'],
    ['an empty fragment', 'https://proxy.corp#'],
    ['a user', 'https://reader@proxy.corp/a'],
    ['a login', 'https://reader:s3cret@proxy.corp/a'],
    ['a final slash', 'https://proxy.corp/'],
    ['a space at the end', 'https://proxy.corp '],
    ['a space at the start', ' https://proxy.corp'],
    ['a line break', 'https://proxy\n.corp'],
    ['a backslash', 'https://proxy.corp\\a'],
    ['another scheme', 'ftp://proxy.corp'],
    ['text that Terraform evaluates', `https://\${var.x}/a`],
  ])('rejects a URL with %s', (_, url) => {
    const problems = problemsOf(withSetting(environment, setting, url));
    expect(problems).toEqual([expect.stringContaining(`${environment.name}.${setting} `)]);
    expect(problems[0]).toContain(expected);
    expect(problems[0]).toContain('without a login, query, fragment or final slash');
  });

  it.each([
    'https://proxy.corp',
    'https://proxy.corp:65535/a/b',
    'https://[2001:db8::1]:8443',
    'https://192.0.2.1:1',
  ])('accepts the URL %s', (url) => {
    expect(problemsOf(withSetting(environment, setting, url))).toEqual([]);
  });
});

describe('the setting usdtExporter.upstreamUrl', () => {
  it.each([
    'http://localhost:8080',
    'http://localhost.:8080',
    'http://a.localhost',
    'http://168.63.129.16',
    'http://127.0.0.1',
    'http://0.0.0.0:8080',
    'http://[::1]:8080',
    'http://169.254.169.254',
    'http://2852039166',
    'http://[fe80::1]',
    'http://[fd00:ec2::254]',
    'http://[::ffff:10.0.0.5]',
  ])('rejects the reserved address %s', (url) => {
    expect(problemsOf(withSetting(local, 'usdtExporter.upstreamUrl', url))).toEqual([
      expect.stringMatching(/^local\.usdtExporter\.upstreamUrl is .*, expected a server outside the pod/),
    ]);
  });

  it.each(['http://10.0.0.5:8080', 'http://[fd12::5]:8080', 'http://proxy.corp'])('accepts %s', (url) => {
    expect(problemsOf(withSetting(local, 'usdtExporter.upstreamUrl', url))).toEqual([]);
  });
});

describe('a setting with a host and a port', () => {
  const withSmarthost = (smarthost: Json) =>
    problemsOf(withSetting(dev, 'alerting.receivers', [{ ...receiver, smarthost }]));

  it.each(['smtp.example.com:0', 'smtp.example.com:65536', 'smtp.example.com:99999'])(
    'rejects the port in smarthost = %s',
    (smarthost) => {
      expect(withSmarthost(smarthost)).toEqual([expect.stringContaining('expected a port from 1 to 65535')]);
    },
  );

  it('rejects smarthost "-:25", which has no host name', () => {
    expect(withSmarthost('-:25')).toEqual([expect.stringContaining('expected host:port')]);
  });

  it('accepts smtp.example.com:587', () => {
    expect(withSmarthost('smtp.example.com:587')).toEqual([]);
  });

  it.each(['mirror.example.com:99999', 'mirror.example.com:0/all'])(
    'rejects an invalid port in images.mirror: %s',
    (mirror) => {
      expect(problemsOf(withSetting(dev, 'images.mirror', mirror))).toEqual([
        expect.stringContaining('dev.images.mirror '),
      ]);
    },
  );
});
