import { expect, it } from 'vitest';
import { fail } from '../../verify/check.ts';
import { hintOf } from '../../verify/hint.ts';

const refused = [fail('engine', 'no answer from http://127.0.0.1:9040: ECONNREFUSED')];
const missing = [fail('rules nats', 'Prometheus has not loaded this group of rules')];

it('the hint of verify contains the engine that the option --engine selects', () => {
  expect(hintOf(refused, 'thanos')).toMatch(/^Thanos does not answer\. .* with the engine thanos\./);
  expect(hintOf(missing, 'prometheus')).toMatch(/^Rules are missing\. .* with the engine prometheus\./);
});

it('the hint of verify contains no engine if the command has no option --engine', () => {
  expect(hintOf(refused)).toBe(
    'Prometheus does not answer. Check that npm start runs with the --port-offset of this command.',
  );
  expect(hintOf(missing)).toBeUndefined();
});

it('verify prints no hint for a target that is down', () => {
  expect(hintOf([fail('target nats', 'http://127.0.0.1:7777 is down')], 'thanos')).toBeUndefined();
});
