import { CouldNotRun } from '../../could-not-run.ts';

export interface FunctionImages {
  readonly base: string;
  /** Image that runs the build. */
  readonly build: string;
  readonly images: readonly { readonly name: string; readonly files: readonly string[] }[];
}

/**
 * @param dockerfile text of the file
 * @throws CouldNotRun if the file has an unexpected structure
 */
export function readImages(dockerfile: string): FunctionImages {
  const text = dockerfile.replaceAll('\\\n', ' ');
  const argument = (name: string) =>
    new RegExp(`^ARG ${name}=(\\S+)$`, 'm').exec(text)?.[1] ??
    refuse(`functions/Dockerfile has no default of ${name}.`);
  const stages = text.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM runtime AS '));
  if (stages.length === 0)
    refuse('functions/Dockerfile has no build stage that starts with "FROM runtime AS".');
  const runtime = text.split(/^(?=FROM )/m).find((stage) => / AS runtime$/m.test(stage)) ?? '';
  const installs = [runtime, ...stages].find((stage) => /^(RUN|ADD) |node_modules/m.test(stage));
  if (installs)
    refuse(
      'functions/Dockerfile has an image stage with RUN, ADD or node_modules. The SBOM cannot list packages of an image stage.',
    );
  return {
    base: argument('RUNTIME_IMAGE'),
    build: argument('NODE_IMAGE'),
    images: stages.map((stage) => ({
      name: / AS (\S+)/.exec(stage)?.[1] ?? '',
      files: [...stage.matchAll(/\/dist\/functions\/(\S+\.cjs)/g)].map(([, file = '']) => file),
    })),
  };
}

function refuse(problem: string): never {
  throw new CouldNotRun(
    `${problem} Change delivery/supply-chain/sbom/dockerfile.ts so that it can read this Dockerfile.`,
  );
}
