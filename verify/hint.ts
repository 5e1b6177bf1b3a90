import type { LaptopEngine } from '../config/topology.ts';
import type { Finding } from './check.ts';

/**
 * A sentence with a possible cause of failed checks on the laptop. Undefined without a known cause.
 * @param engine the engine on the command line; undefined if the command line has no engine
 */
export function hintOf(findings: readonly Finding[], engine?: LaptopEngine): string | undefined {
  const has = (text: string) => findings.some(({ detail }) => detail.includes(text));
  const started = engine
    ? `with the --port-offset of this command and with the engine ${engine}`
    : 'with the --port-offset of this command';
  if (has('ECONNREFUSED')) {
    const silent = engine === 'thanos' ? 'Thanos' : 'Prometheus';
    return `${silent} does not answer. Check that npm start runs ${started}.${engine ? ` ${withoutOption}` : ''}`;
  }
  return engine && has('has not loaded this group of rules')
    ? `Rules are missing. Check that npm start runs ${started}. ${withoutOption}`
    : undefined;
}

const withoutOption =
  'Without the option --engine, verify reads the engine from the console of the pipeline.';
