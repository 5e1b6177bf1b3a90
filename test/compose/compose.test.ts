import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboards } from '../../dashboards/index.ts';
import { components } from '../../demo/components/list.ts';
import { parseSettings } from '../../demo/settings.ts';
import { dashboardUids } from '../../rules/index.ts';
import { composeProject } from '../../scripts/generate/compose/project.ts';
import { type ProgramName, programs } from '../../toolchain/index.ts';

const root = join(import.meta.dirname, '../..');
const project = composeProject();

interface Service {
  readonly image: string;
  readonly build?: { readonly dockerfile: string; readonly target?: string };
  readonly user: string;
  readonly pull_policy?: string;
  readonly read_only: boolean;
  readonly restart: string;
  readonly mem_limit: string;
  readonly cap_add?: readonly string[];
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly command?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

// `merge` allows the merge keys (`<<`) of compose files.
const file = parse(project['compose.yaml'] ?? '', { merge: true });
const services: Readonly<Record<string, Service>> = file.services;
const list = Object.entries(services);
const service = (name: string) => {
  const found = services[name];
  if (!found) throw new Error(`no service ${name}`);
  return found;
};
const settings = parseSettings('/project', []);
const grafanaProgram = { path: '/usr/bin/grafana', args: ['server'], home: '/usr/share/grafana' };
const laptop = components({ ...settings, grafanaProgram });

describe('the compose file', () => {
  it('follows the schema of the compose specification', () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'compose-spec.json'), 'utf8'));
    const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate(file);
    expect(validate.errors).toBeNull();
    validate({ ...file, services: { ...services, nats: { imagee: 'nats' } } });
    expect(validate.errors).not.toBeNull();
  });

  it('has a service for each laptop component, the console and volume-owner', () => {
    const names = ['console', ...laptop.map(({ name }) => name), 'volume-owner'];
    expect(Object.keys(services)).toEqual(names);
  });

  it('publishes the same ports as the laptop pipeline, and only on 127.0.0.1', () => {
    const published = list.flatMap(([, { ports = [] }]) => ports);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    for (const { name, ports } of laptop) {
      expect(service(name).ports).toEqual(ports.map((port) => `127.0.0.1:${port}:${port}`));
    }
    expect(service('console').ports?.[0]).toBe('127.0.0.1:3000:3000');
  });

  it.each(list)('runs %s without privileges, on a read-only file system, with a memory limit', (name, s) => {
    expect(s.read_only).toBe(true);
    expect(s.cap_drop).toEqual(['ALL']);
    expect(s.security_opt).toContain('no-new-privileges:true');
    expect(s.mem_limit).toMatch(/^\d+m$/);
    if (name === 'volume-owner') {
      expect(s).toMatchObject({ cap_add: ['CHOWN'], network_mode: 'none', restart: 'no' });
    } else {
      expect(s.user).toMatch(/^[1-9]\d*:\d+$/);
      expect(s.cap_add).toBeUndefined();
      expect(s.restart).toBe('unless-stopped');
    }
  });

  it.each(list)(
    'gives %s an image with a version and without a digest',
    (_, { image, build, pull_policy }) => {
      expect(image).toMatch(/^[a-z0-9./-]+:v?\d+\.\d+\.\d+(-alpine)?$/);
      if (build) {
        expect(existsSync(join(root, build.dockerfile))).toBe(true);
        // The container engine must build this image. No public registry has the name `localhost`.
        expect(image).toMatch(/^localhost\//);
        expect(pull_policy).toBe('build');
      } else expect(image).toMatch(/^(docker|quay)\.io\//);
    },
  );

  it.each(laptop.flatMap(({ name, program }) => (program.kind === 'program' ? [[name, program.name]] : [])))(
    'runs the service %s in the same version as the program %s on the laptop',
    (name, program) => {
      const { version } = programs[program as ProgramName];
      expect(service(name as string).image).toMatch(
        new RegExp(`:v?${version.replaceAll('.', '\\.')}(-alpine)?$`),
      );
    },
  );

  it('has a health check for every long-running service except the NATS exporters', () => {
    const without = list.filter(([name, { healthcheck, build }]) => {
      const declared = build && readFileSync(join(root, build.dockerfile), 'utf8').includes('\nHEALTHCHECK ');
      return !healthcheck && !declared && name !== 'volume-owner';
    });
    // The images of these two services contain no program that could do a health check.
    expect(without.map(([name]) => name)).toEqual(['nats-exporter', 'edge-nats-exporter']);
  });

  it('has no dependency cycle and no dependency on a missing service', () => {
    const order = new Set<string>();
    const visit = (name: string, path: readonly string[]): void => {
      expect(path).not.toContain(name);
      for (const other of Object.keys(service(name).depends_on ?? {})) visit(other, [...path, name]);
      order.add(name);
    };
    for (const name of Object.keys(services)) visit(name, []);
    expect(order.size).toBe(list.length);
  });

  it('defines a health check for a service if another service waits for its health', () => {
    for (const [, { depends_on = {} }] of list) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        if (condition === 'service_healthy') expect(service(other).healthcheck).toBeDefined();
      }
    }
  });
});

describe('the configuration files for compose', () => {
  const configurations = laptop.flatMap(({ files = {} }) => Object.keys(files));

  it('have the same paths as in the laptop pipeline', () => {
    expect(configurations.length).toBeGreaterThan(4);
    expect(Object.keys(project)).toEqual(expect.arrayContaining(configurations.map((f) => `compose/${f}`)));
  });

  it.each(laptop.map(({ name, files = {}, folders = [] }) => ({ name, files, folders })))(
    'are read-only in $name, and each data folder is a volume',
    ({ name, files, folders }) => {
      const mounts = (service(name).volumes ?? []).map((volume) => volume.split(':'));
      for (const path of Object.keys(files)) {
        const mount = mounts.find(([, target = '']) => `/${path}`.startsWith(`${target}/`));
        expect(mount?.[0]).toBe(`./compose${mount?.[1]}`);
        expect(mount?.[2]).toBe('ro');
      }
      for (const folder of folders.filter((path) => path.startsWith('data/'))) {
        const [volume = ''] = mounts.find(([, target]) => target === `/${folder}`) ?? [];
        expect(Object.keys(file.volumes)).toContain(volume);
        expect(service('volume-owner').volumes).toContain(`${volume}:/${folder}`);
      }
    },
  );

  it('contain 127.0.0.1 only in links for a browser', () => {
    for (const [path, text] of Object.entries(project)) {
      if (path === 'compose.yaml') continue;
      const links = /http:\/\/127\.0\.0\.1:3000\/(runbooks|d)?/g;
      const addresses = [...text.replace(links, '').matchAll(/https?:\/\/([a-z0-9.-]+):\d+/g)];
      for (const [, host = ''] of addresses) expect(Object.keys(services)).toContain(host);
      expect(text.replace(links, '')).not.toContain('127.0.0.1');
    }
    const { scrape_configs } = parse(project['compose/config/prometheus/prometheus.yml'] ?? '');
    const targets = scrape_configs.flatMap((s: { static_configs: { targets: string[] }[] }) =>
      s.static_configs.flatMap((config) => config.targets),
    );
    expect(targets).toContain('nats-exporter:7777');
    for (const target of targets) expect(Object.keys(services)).toContain(target.split(':')[0]);
  });

  it('exist for every path that a service mounts', () => {
    const mounted = list.flatMap(([, { volumes = [] }]) => volumes.map((v) => v.split(':')[0] ?? ''));
    for (const path of mounted.filter((path) => path.startsWith('./'))) {
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  });

  it('configure the data source and the dashboards of Grafana', () => {
    const provisioning = 'compose/config/grafana/provisioning';
    const { datasources } = parse(project[`${provisioning}/datasources/prometheus.yaml`] ?? '');
    expect(datasources).toMatchObject([
      { type: 'prometheus', url: 'http://prometheus:9090', isDefault: true },
    ]);
    const { providers } = parse(project[`${provisioning}/dashboards/dashboards.yaml`] ?? '');
    for (const { fileName } of dashboards.filter((dashboard) =>
      dashboardUids.some((uid) => uid === dashboard.uid),
    )) {
      const target = `${providers[0].options.path}/${fileName}`;
      expect(service('grafana').volumes).toContain(`./dashboards/${fileName}:${target}:ro`);
    }
  });
});
