import { expect, it } from 'vitest';
import { fail, pass, wait } from '../../verify/check.ts';
import { hintOf, recentStartHint } from '../../verify/hint.ts';

const refused = [fail('engine', 'no answer from http://127.0.0.1:9040: ECONNREFUSED')];
const missing = [
  fail(
    'rules nats',
    'the program that evaluates the rules (Prometheus or the Thanos ruler) has not loaded this group of rules',
  ),
];

it('the hint of npm run verify mentions the selected engine', () => {
  expect(hintOf(refused, 'thanos')).toMatch(/^Thanos does not answer\. .* with the engine thanos\./);
  expect(hintOf(missing, 'prometheus')).toMatch(
    /^The pipeline has not loaded all rules\. .* with the engine prometheus\./,
  );
});

it('the hint of npm run verify mentions no engine if no engine is selected', () => {
  expect(hintOf(refused)).toBe(
    'Prometheus does not answer. Check that the pipeline (npm start) runs with the --port-offset of this command.',
  );
  expect(hintOf(missing)).toBeUndefined();
});

it('npm run verify prints no hint if only one target is down', () => {
  expect(hintOf([fail('target nats', 'http://127.0.0.1:7777 is down')], 'thanos')).toBeUndefined();
});

it('npm run verify suggests --wait if a check fails or waits in the first two minutes after a start', () => {
  const now = 1_000_000_000;
  const sound = [pass('target nats', '1 up')];
  expect(recentStartHint(missing, now - 20_400, now)).toBe(
    'The system started only 20 s ago, therefore some data does not exist yet. Add --wait 60: the command then repeats its checks for up to 60 s.',
  );
  expect(recentStartHint([wait('batch', 'the first run is due')], now - 1000, now)).toContain('--wait 60');
  expect(recentStartHint(missing, now - 120_000, now)).toBeUndefined();
  expect(recentStartHint(missing, undefined, now)).toBeUndefined();
  expect(recentStartHint(sound, now - 20_000, now)).toBeUndefined();
});
