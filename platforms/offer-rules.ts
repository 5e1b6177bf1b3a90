import type { Environment } from '../config/environment.ts';
import { type Problem, problem, type Rule } from '../config/rule.ts';
import { platformOf } from './environment.ts';
import type { Offers } from './platform.ts';
import { platforms } from './registry.ts';

interface Choice {
  readonly setting: string;
  readonly value: string;
  readonly remedy: string;
}

function unoffered(environment: Environment, among: keyof Offers, choice: Choice): Problem[] {
  const { setting, value, remedy } = choice;
  if (value in platformOf(environment).offers[among]) return [];
  return platforms
    .filter(({ offers }) => value in offers[among])
    .map(({ kind, offers }) =>
      problem(
        setting,
        `'${value}' works only with platform.kind '${kind}', because only this platform provides ${offers[among][value]}; ${remedy}`,
      ),
    );
}

/** Rules for values that only some platforms support. */
export const offerRules: readonly Rule[] = [
  ...(['functions', 'usdtExporter'] as const).map(
    (setting): Rule => ({
      reads: ['platform.kind', `${setting}.host`],
      problems: (environment) =>
        unoffered(environment, 'functionHosts', {
          setting: `${setting}.host`,
          value: environment[setting].host,
          remedy: "set 'cluster', which runs the code as pods",
        }),
    }),
  ),
  {
    reads: ['platform.kind', 'central.engine'],
    problems: (environment) =>
      unoffered(environment, 'engines', {
        setting: 'central.engine',
        value: environment.central.engine,
        remedy: "set 'prometheus'",
      }),
  },
  {
    reads: ['platform.kind', 'edges.*.cluster'],
    problems: (environment) =>
      environment.edges.flatMap(({ cluster }, index) =>
        cluster
          ? unoffered(environment, 'edgeClusters', {
              setting: `edges.${index}.cluster.kind`,
              value: cluster.kind,
              remedy: "use 'kubeconfig' with the context of that cluster",
            })
          : [],
      ),
  },
];
