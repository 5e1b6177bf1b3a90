import { describe, expect, it } from 'vitest';
import { safe } from '../../../console/web/safe-link.ts';

describe('a link in a Markdown text', () => {
  it.each(['https://prometheus.io/docs', 'http://127.0.0.1:9090/', '/alerts?alert=PushFailed', '#output'])(
    'keeps the target %s',
    (href) => {
      expect(safe(href)).toBe(href);
    },
  );

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    '//attacker.example',
    '/\\attacker.example',
    '/\t/attacker.example',
    'vbscript:x',
    ' https://x',
  ])('loses the unsafe target %s', (href) => {
    expect(safe(href)).toBeUndefined();
  });
});
