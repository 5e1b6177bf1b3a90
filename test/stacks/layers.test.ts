import { createRequire } from 'node:module';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { dev, local, prod } from '../../config/environments/index.ts';
import { providerVersions } from '../../config/terraform.ts';
import { committed, variants } from './environments.ts';
import {
  type Block,
  blocks,
  only,
  releaseNames,
  type StackJson,
  stackOf,
  synthesize,
  valuesOf,
} from './synthesis.ts';

const synthesis = await synthesize(committed);
const variant = await synthesize(variants);
const all = [...synthesis.stacks, ...variant.stacks];

describe.each(['azurerm', 'helm', 'kubernetes'] as const)('the Terraform provider %s', (provider) => {
  it('has the version of its CDKTF bindings, or a newer patch', () => {
    const manifest = createRequire(import.meta.url)(`@cdktf/provider-${provider}/package.json`);
    const ofBindings: string = manifest.cdktf.provider.version;
    expect(semver.satisfies(providerVersions[provider], `~${ofBindings}`), ofBindings).toBe(true);
  });
});

describe('an environment', () => {
  it('has layers whose names start with the name of the environment', () => {
    const layers = (environment: string) =>
      [...synthesis.stacks.keys()].filter((name) => name.startsWith(`${environment}-`));
    const azure = ['federation', 'functions', 'monitoring', 'platform', 'workloads'];
    expect(layers('dev')).toEqual(azure.map((layer) => `dev-${layer}`));
    expect(layers('prod')).toEqual(azure.map((layer) => `prod-${layer}`));
    expect(layers('local')).toEqual(['local-federation', 'local-monitoring', 'local-workloads']);
  });

  it.each([
    ['dev', ['platform', 'monitoring', 'workloads', 'federation', 'functions']],
    ['local', ['monitoring', 'workloads', 'federation']],
  ])('has layers that each depend on the previous layer (environment %s)', (environment, layers) => {
    const names = layers.map((layer) => `${environment}-${layer}`);
    expect(names.map((stack) => synthesis.dependencies.get(stack))).toEqual([
      [],
      ...names.slice(0, -1).map((before) => [before]),
    ]);
  });
});

it('the environment dev has the same Terraform resource types as prod, except for the backup', () => {
  const types = (environment: string, layer: string) =>
    Object.keys(stackOf(synthesis, `${environment}-${layer}`).resource).filter(
      (type) => !/data_protection|kubernetes_cluster_(extension|trusted)|storage/.test(type),
    );
  for (const layer of ['platform', 'monitoring', 'workloads', 'federation', 'functions']) {
    expect(types('dev', layer), layer).toEqual(types('prod', layer));
  }
});

describe.each(all)('the stack %s', (name, stack) => {
  it('has no resource that needs a CRD at the time of the plan', () => {
    expect(Object.keys(stack.resource)).not.toContain('kubernetes_manifest');
  });

  it('pins each provider to one version', () => {
    expect(stack.terraform.required_version).toBe('>= 1.11.0');
    const pins: Readonly<Record<string, string>> = providerVersions;
    for (const [provider, { version }] of Object.entries(stack.terraform.required_providers)) {
      expect(version, provider).toMatch(/^\d+\.\d+\.\d+$/);
      expect(version, provider).toBe(pins[provider]);
    }
  });

  it('stores its state in a place that no other stack uses', () => {
    const states = all.map(([, other]) => JSON.stringify(other.terraform.backend));
    expect(states.filter((state) => state === JSON.stringify(stack.terraform.backend))).toHaveLength(1);
    const { azurerm, local: file } = stack.terraform.backend;
    if (azurerm) expect(azurerm).toMatchObject({ key: `${name}.tfstate`, use_azuread_auth: true });
    else expect(file).toEqual({ path: `../../../terraform.${name}.tfstate` });
  });

  it('can install a Helm release again after a failed install', () => {
    for (const release of blocks(stack, 'helm_release')) {
      expect(release.upgrade_install, String(release.name)).toBe(true);
      expect(release.timeout, String(release.name)).toBeGreaterThanOrEqual(600);
      expect(release.depends_on, String(release.name)).not.toBeUndefined();
    }
  });

  it('logs in to AKS with kubelogin, and to other clusters with a kubeconfig context', () => {
    for (const provider of stack.provider.kubernetes ?? []) {
      if (provider.config_context) expect(provider.config_path).toMatch(/kube/);
      else expect(provider).toMatchObject({ exec: [expect.objectContaining({ command: 'kubelogin' })] });
    }
  });

  it('does not read the state of another stack', () => {
    expect(Object.keys(stack.data ?? {})).not.toContain('terraform_remote_state');
  });
});

it('only the monitoring namespace allows privileged pods', () => {
  const enforced = ['local-monitoring', 'local-workloads', 'local-federation'].flatMap((name) =>
    blocks(stackOf(synthesis, name), 'kubernetes_namespace_v1').map(({ metadata }) => {
      const { name: namespace, labels } = metadata as { name: string; labels: Record<string, string> };
      return [namespace, labels['pod-security.kubernetes.io/enforce']];
    }),
  );
  expect(Object.fromEntries(enforced)).toEqual({
    'airflow-3': 'privileged',
    'cert-manager': 'restricted',
    nats: 'restricted',
    'another-cluster': 'restricted',
  });
});

describe('a cluster without internet access', () => {
  it('installs every chart from the mirror', () => {
    const charts = [...variant.stacks]
      .filter(([name]) => /^(scaled|closed)-/.test(name))
      .flatMap(([, stack]) => blocks(stack, 'helm_release'))
      .map(({ repository, chart }) => repository ?? chart);
    expect(charts.length).toBeGreaterThan(8);
    for (const chart of charts) expect(chart).toMatch(/^(oci:\/\/mirror\.example\.com\/charts|\.\/charts\/)/);
  });

  it('pulls every public image from the mirror', () => {
    for (const [name, stack] of variant.stacks) {
      if (!/^(scaled|closed)-/.test(name)) continue;
      const text = JSON.stringify(stack);
      expect(text, name).not.toMatch(/(quay\.io|docker\.io|ghcr\.io|registry\.k8s\.io)\//);
    }
  });

  it('has the registry login in every namespace with pods', () => {
    const secrets = ['closed-monitoring', 'closed-workloads', 'closed-federation'].flatMap((name) =>
      blocks(stackOf(variant, name), 'kubernetes_secret_v1')
        .map(({ metadata }) => metadata as Block)
        .filter((metadata) => metadata.name === 'acr-credentials'),
    );
    const edges = local.edges.map(({ namespace }) => namespace);
    expect(secrets.map(({ namespace }) => namespace).sort()).toEqual(['airflow-3', 'nats', ...edges].sort());
  });

  it('uses the existing cert-manager and its issuer', () => {
    expect(releaseNames(stackOf(variant, 'closed-monitoring'))).not.toContain('cert-manager');
    expect(JSON.stringify(valuesOf(stackOf(variant, 'closed-workloads'), 'nats'))).toContain(
      '"issuerRef":{"name":"corporate",',
    );
  });
});

it('a private endpoint is created after its DNS zone', () => {
  const zones = blocks(stackOf(synthesis, 'prod-platform'), 'azurerm_private_endpoint').map(
    ({ private_dns_zone_group }) => (private_dns_zone_group as Block).private_dns_zone_ids,
  );
  expect(zones).toEqual([
    [expect.stringMatching(/^\$\{azurerm_private_dns_zone\.network_zone-blob_\w+\.id\}$/)],
    [expect.stringMatching(/^\$\{azurerm_private_dns_zone\.network_zone-vault_\w+\.id\}$/)],
  ]);
});

describe('the alerts of an environment', () => {
  const annotations = (stack: StackJson) =>
    valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap.platform.groups.flatMap(
      ({ rules }: { rules: { annotations?: Record<string, string> }[] }) =>
        rules.flatMap(({ annotations: texts }) => (texts ? [texts] : [])),
    );

  it('link to the runbooks and the Grafana address of the environment', () => {
    const { closed, scaled } = {
      closed: annotations(stackOf(variant, 'closed-monitoring')),
      scaled: annotations(stackOf(variant, 'scaled-monitoring')),
    };
    expect(closed.length).toBeGreaterThan(20);
    for (const { runbook_url } of closed) {
      expect(runbook_url).toMatch(/^https:\/\/wiki\.example\.com\/runbooks\/\w+\.md$/);
    }
    for (const { dashboard_url } of scaled) {
      expect(dashboard_url).toMatch(/^https:\/\/grafana\.example\.com\/d\/[\w-]+$/);
    }
  });
});

describe('the production environment', () => {
  it('has a pager and a chat channel for its alerts', () => {
    const text = JSON.stringify(
      valuesOf(stackOf(synthesis, 'prod-monitoring'), 'kube-prometheus-stack').alertmanager,
    );
    expect(text).toContain('pagerduty_configs');
    expect(text).toContain('#monitoring');
  });

  it('protects registry, key vault, cluster and storage from deletion', () => {
    const kept = (environment: string) =>
      Object.entries(stackOf(synthesis, `${environment}-platform`).resource).flatMap(([type, byName]) =>
        Object.values(byName)
          .filter(({ lifecycle }) => (lifecycle as Block | undefined)?.prevent_destroy)
          .map(() => type),
      );
    expect(kept('prod')).toEqual([
      'azurerm_container_registry',
      'azurerm_key_vault',
      'azurerm_kubernetes_cluster',
      'azurerm_storage_account',
    ]);
    expect(kept('dev')).toEqual([]);
    expect(only(stackOf(synthesis, 'prod-platform'), 'azurerm_kubernetes_cluster').lifecycle).toMatchObject({
      ignore_changes: expect.arrayContaining(['kubernetes_version']),
    });
  });

  it('protects the workspace of the engine `azure-monitor` from deletion', async () => {
    const { central } = variants.find(({ name }) => name === 'managed') as typeof prod;
    const stacks = await synthesize([{ ...prod, central: { ...prod.central, ...central } }]);
    expect(only(stackOf(stacks, 'prod-platform'), 'azurerm_monitor_workspace').lifecycle).toEqual({
      prevent_destroy: true,
    });
  });

  it('spans several zones and has a backup', () => {
    const platform = stackOf(synthesis, 'prod-platform');
    expect(only(platform, 'azurerm_kubernetes_cluster')).toMatchObject({
      sku_tier: 'Standard',
      default_node_pool: { zones: prod.platform.kind === 'azure' ? prod.platform.cluster.zones : [] },
    });
    expect(blocks(platform, 'azurerm_data_protection_backup_instance_kubernetes_cluster')).toHaveLength(1);
    expect(blocks(stackOf(synthesis, 'dev-platform'), 'azurerm_data_protection_backup_vault')).toHaveLength(
      0,
    );
    expect(dev.production).toBe(false);
  });
});
