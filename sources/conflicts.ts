import { type Problem, problem } from '../config/rule.ts';
import { ports as otherPorts } from '../config/topology.ts';
import { type NamedSource, sourceList } from './sources.ts';

export function sourceConflicts(
  sources: readonly NamedSource[] = sourceList,
  ports: Readonly<Record<string, number>> = otherPorts,
): Problem[] {
  const onLaptop = sources.filter(({ runsOn }) => runsOn === 'laptop-and-cluster');
  const listeners = [
    ...Object.entries(ports).map(([name, port]) => ({
      setting: `config/topology.ts ports.${name}`,
      value: port,
    })),
    ...onLaptop.map(({ name, port }) => ({ setting: `sources.${name}.port`, value: port })),
  ];
  return [
    ...shared(
      sources.map(({ name, job }) => ({ setting: `sources.${name}.job`, value: job })),
      (value, other) =>
        `${value} is also the job of ${other}, and the series of both would mix; choose another job`,
    ),
    ...shared(
      listeners,
      (value, other) =>
        `${value} is also the port of ${other}, and the laptop runs both; choose another port`,
    ),
    ...shared(
      sources.flatMap(({ name, program }) =>
        program.kind === 'function' ? [{ setting: `sources.${name}.program.name`, value: program.name }] : [],
      ),
      (value, other) =>
        `${value} is already the name of a Deployment (setting ${other}), and two Deployments cannot have the same name; choose another name`,
    ),
  ];
}

interface Use {
  readonly setting: string;
  readonly value: string | number;
}

function shared(uses: readonly Use[], message: (value: string | number, other: string) => string): Problem[] {
  return uses.flatMap(({ setting, value }, index) => {
    const first = uses.slice(0, index).find((use) => use.value === value);
    return first ? [problem(setting, message(value, first.setting))] : [];
  });
}
