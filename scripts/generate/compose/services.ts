import { charts, type ImagePin } from '../../../config/charts.ts';
import { dashboards } from '../../../dashboards/index.ts';
import type { Component } from '../../../demo/component.ts';
import { components } from '../../../demo/components/list.ts';
import { composeSettings, consoleService } from '../../../demo/compose/settings.ts';
import { hostedComponents } from '../../../demo/hosted.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { dashboardUidsFor } from '../../../rules/index.ts';
import { expectedOnLaptop } from '../../../sources/index.ts';
import type { ProgramName } from '../../../toolchain/index.ts';

/** A service in the notation of the compose specification. */
export type Service = Readonly<Record<string, unknown>>;

interface ProgramImage {
  readonly image: ImagePin;
  readonly memory: string;
  /** Whether the image contains `wget` for a health check. */
  readonly wget: boolean;
}

const { version } = packageJson;
const { kubePrometheusStack, pushgateway, nats } = charts;

/** The type `ProgramName` contains only programs that the toolchain installs, so `grafana` is added. */
const programImages: Partial<Record<ProgramName | 'grafana', ProgramImage>> = {
  prometheus: { image: kubePrometheusStack.images.prometheus, memory: '512m', wget: true },
  alertmanager: { image: kubePrometheusStack.images.alertmanager, memory: '128m', wget: true },
  node_exporter: { image: kubePrometheusStack.images.nodeExporter, memory: '64m', wget: true },
  pushgateway: { image: pushgateway.images.pushgateway, memory: '128m', wget: true },
  'nats-server': { image: nats.images.nats, memory: '256m', wget: true },
  grafana: { image: kubePrometheusStack.images.grafana, memory: '512m', wget: true },
  'prometheus-nats-exporter': { image: nats.images.exporter, memory: '64m', wget: false },
};

export const volumesServiceName = 'volume-owner';

/** The user `nobody`, who owns the volumes. */
const user = '65534:65534';
/** The user in the images of this repository. */
const functionUser = '65532:65532';

/** An image with the suffix `-distroless` has no `wget` for the health check. */
function imageOf({ registry, repository, tag }: ImagePin): string {
  return `${registry}/${repository}:${tag.replace(/-distroless$/, '')}`;
}

/** The prefix `localhost/` prevents the download of an image with the same name from a registry. */
const built = (name: string, build: Service): Service => ({
  image: `localhost/prometheus-platform/${name}:${version}`,
  pull_policy: 'build',
  build: { context: '.', ...build },
});

function healthcheck(url: string): Service {
  return {
    test: ['CMD', 'wget', '-q', '-O', '/dev/null', url],
    interval: '5s',
    timeout: '3s',
    retries: 3,
    start_period: '10s',
  };
}

/** Only programs on this machine can connect to 127.0.0.1. */
const published = (ports: readonly number[]) => ports.map((port) => `127.0.0.1:${port}:${port}`);

/** Mounts that the descriptor of the component does not contain. */
const extraMounts: Readonly<Record<string, readonly string[]>> = {
  grafana: dashboards
    .filter(({ uid }) => dashboardUidsFor(expectedOnLaptop).includes(uid))
    .map(({ fileName }) => `./dashboards/${fileName}:/dashboards/${fileName}:ro`),
};

const extraEnvironment: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  grafana: {
    // Folder of the data source plugins in the image of Grafana.
    GF_PATHS_BUNDLED_PLUGINS: '/usr/share/grafana/data/plugins-bundled',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the notation of compose files.
    GF_AUTH_ANONYMOUS_ORG_ROLE: '${GRAFANA_ROLE:-Viewer}',
  },
};

export function componentServices(portOffset: number): Readonly<Record<string, Service>> {
  const settings = composeSettings('/', portOffset);
  return Object.fromEntries(components(settings).map((component) => [component.name, service(component)]));
}

/** The process of the console also generates traffic, runs the batch and mocks Binance. */
export function consoleServices(portOffset: number): Readonly<Record<string, Service>> {
  const settings = composeSettings('/', portOffset);
  const { ports } = settings;
  const targets = hostedComponents(settings).flatMap(({ connections = [] }) =>
    connections.map(({ to }) => to),
  );
  return {
    [consoleService]: {
      ...built('console', { dockerfile: 'compose/Dockerfile' }),
      user: functionUser,
      mem_limit: '256m',
      ...(portOffset > 0 && { environment: { PORT_OFFSET: String(portOffset) } }),
      depends_on: started(targets),
      ports: published([ports.console, ports.binanceMock]),
    },
  };
}

function service(component: Component): Service {
  const { name, args, env, ports, after = [], connections = [], files = {} } = component;
  const program = imageAndUser(component);
  const data = dataFolders(component);
  const others = connections.map(({ to }) => to).filter((to) => !after.includes(to));
  const depends = {
    ...Object.fromEntries(after.map((other) => [other, { condition: 'service_healthy' }])),
    ...started(others.map((to) => (to === 'binance-mock' ? consoleService : to))),
    ...(data.length > 0 && { [volumesServiceName]: { condition: 'service_completed_successfully' } }),
  };
  return {
    ...program,
    ...(args.length > 0 && { command: args }),
    ...((env || extraEnvironment[name]) && { environment: { ...env, ...extraEnvironment[name] } }),
    ...(Object.keys(depends).length > 0 && { depends_on: depends }),
    ...(data.length + Object.keys(files).length > 0 && {
      volumes: [
        ...foldersOf(files).map((folder) => `./compose/${folder}:/${folder}:ro`),
        ...(extraMounts[name] ?? []),
        ...data.map((folder) => `${volumeOf(folder)}:/${folder}`),
      ],
    }),
    ports: published(ports),
  };
}

function imageAndUser({ name, program, healthUrl }: Component): Service {
  if (program.kind === 'bundle') {
    return {
      ...built(name, { dockerfile: 'functions/Dockerfile', target: name }),
      user: functionUser,
      mem_limit: '128m',
    };
  }
  const found = programImages[program.kind === 'program' ? program.name : (name as 'grafana')];
  if (!found)
    throw new Error(
      `The service ${name} has no container image. Add the image to programImages in scripts/generate/compose/services.ts.`,
    );
  const { port, pathname } = new URL(healthUrl);
  return {
    image: imageOf(found.image),
    // Starts the program directly. The default entrypoint of the image is a script that adds arguments.
    ...(program.kind === 'command' && { entrypoint: [program.path] }),
    user,
    // The working folder is `/`, because some arguments contain a path relative to `/`.
    working_dir: '/',
    mem_limit: found.memory,
    ...(found.wget && { healthcheck: healthcheck(`http://127.0.0.1:${port}${pathname}`) }),
  };
}

const started = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { condition: 'service_started' }]));

const dataFolders = ({ folders = [] }: Component) => folders.filter((folder) => folder.startsWith('data/'));

const foldersOf = (files: Readonly<Record<string, string>>) => [
  ...new Set(Object.keys(files).map((file) => file.split('/').slice(0, 2).join('/'))),
];

const volumeOf = (folder: string) => folder.replace(/^data\//, '');

/** Folders of the volumes, by volume name. */
export function dataVolumes(portOffset: number): Readonly<Record<string, string>> {
  const folders = components(composeSettings('/', portOffset)).flatMap(dataFolders);
  return Object.fromEntries(folders.map((folder) => [volumeOf(folder), `/${folder}`]));
}

/** New volumes belong to root. This service changes their owner, and then ends. */
export function volumesService(portOffset: number): Service {
  const volumes = dataVolumes(portOffset);
  return {
    image: imageOf(kubePrometheusStack.images.prometheus),
    user: '0:0',
    cap_add: ['CHOWN'],
    network_mode: 'none',
    restart: 'no',
    mem_limit: '32m',
    entrypoint: ['chown', user, ...Object.values(volumes)],
    command: [],
    volumes: Object.entries(volumes).map(([name, folder]) => `${name}:${folder}`),
  };
}
