import { expect, it } from 'vitest';
import { parseProxyUrl, shownProxy } from '../../settings/proxy-url.ts';

it.each([
  ['http://proxy.example.com:8080', 'http://proxy.example.com:8080/'],
  ['proxy.example.com:8080', 'http://proxy.example.com:8080/'],
  ['HTTPS://user:secret@proxy.example.com', 'https://user:secret@proxy.example.com/'],
])('reads the proxy %s as %s', (given, url) => {
  expect(parseProxyUrl(given)?.href).toBe(url);
});

it.each(['socks5://proxy:1080', 'http://', 'two words', 'http://proxy:99999'])(
  'does not read a proxy from %j',
  (given) => {
    expect(parseProxyUrl(given)).toBeUndefined();
  },
);

it('shows a proxy without its login', () => {
  expect(shownProxy('socks5://user:secret@proxy:1080')).toBe('socks5://…@proxy:1080');
  expect(shownProxy('user:se@cret@proxy:1080')).toBe('…@proxy:1080');
  expect(shownProxy('proxy:1080')).toBe('proxy:1080');
});
