import { describe, expect, it } from 'vitest';
import { FunctionApp } from '../../../modules/azure/function-app.ts';
import { FunctionInsights } from '../../../modules/azure/function-insights.ts';
import { PrivateStorage } from '../../../modules/azure/private-storage.ts';
import { timer } from '../../../modules/azure/timer.ts';
import { VaultSecret } from '../../../modules/azure/vault-secret.ts';
import { placement, roles, synthesize } from './synthesis.ts';

const secretUri = 'https://vault.vault.azure.net/secrets/token';

const blocks = synthesize((stack) => {
  const storage = new PrivateStorage(stack, 'storage', {
    placement,
    name: 'functionstorage',
    containers: ['packages'],
    zoneRedundant: false,
    operatorRanges: ['203.0.113.0/24'],
    endpoint: { subnetId: 'endpoints-id', zoneId: 'zone-id' },
  });
  const insights = new FunctionInsights(stack, 'insights', {
    placement,
    name: 'insights',
    workspaceId: 'logs-id',
  });
  const app = new FunctionApp(stack, 'app', {
    placement,
    name: 'app',
    storage,
    container: 'packages',
    nodeVersion: '22',
    instanceMemoryMb: 2048,
    maximumInstances: 40,
    alwaysReady: 1,
    subnetId: 'subnet-id',
    operatorRanges: ['203.0.113.0/24', '198.51.100.7/32'],
    insights: 'insights',
    settings: { PUSHGATEWAY_URL: 'https://pushgateway.test.internal:9091' },
    secrets: { API_TOKEN: secretUri },
    dependsOn: [insights.component],
  });
  insights.admit('app', app.identity.principalId);
  new VaultSecret(stack, 'token', {
    vaultId: 'vault-id',
    name: 'token',
    value: `\${ephemeral.random_password.token.result}`,
    readers: { app: app.identity.principalId },
  });
});
const [deployment] = blocks('azurerm_resource_group_template_deployment');
const template = JSON.parse(deployment.template_content);
const [site, ...policies] = template.resources;
const settings = Object.fromEntries(
  site.properties.siteConfig.appSettings.map(({ name, value }: { name: string; value: string }) => [
    name,
    value,
  ]),
);

describe('the function app', () => {
  it('runs on its own Flex Consumption plan', () => {
    expect(blocks('azurerm_service_plan')[0]).toMatchObject({
      name: 'app',
      sku_name: 'FC1',
      os_type: 'Linux',
    });
    expect(site.properties.functionAppConfig).toMatchObject({
      runtime: { name: 'node', version: '22' },
      scaleAndConcurrency: {
        instanceMemoryMB: 2048,
        maximumInstanceCount: 40,
        alwaysReady: [{ name: 'http', instanceCount: 1 }],
      },
    });
  });

  it('logs in to its storage with a managed identity', () => {
    expect(settings).not.toHaveProperty('AzureWebJobsStorage');
    expect(settings).toMatchObject({
      AzureWebJobsStorage__accountName: 'functionstorage',
      AzureWebJobsStorage__credential: 'managedidentity',
      AzureWebJobsStorage__clientId: expect.stringContaining('clientId'),
    });
    expect(site.properties.functionAppConfig.deployment.storage).toMatchObject({
      value: 'https://functionstorage.blob.core.windows.net/packages',
      authentication: { type: 'UserAssignedIdentity' },
    });
  });

  it('reads its secret from the vault with its managed identity', () => {
    expect(settings.API_TOKEN).toBe(`@Microsoft.KeyVault(SecretUri=${secretUri})`);
    expect(site.properties.keyVaultReferenceIdentity).toContain('userAssignedIdentities');
  });

  it('accepts calls only from the address ranges of the operators', () => {
    expect(site.properties.virtualNetworkSubnetId).toBe("[parameters('subnetId')]");
    expect(site.properties.siteConfig).toMatchObject({
      ipSecurityRestrictionsDefaultAction: 'Deny',
      scmIpSecurityRestrictionsUseMain: true,
      minTlsVersion: '1.3',
    });
    expect(site.properties.siteConfig.ipSecurityRestrictions).toMatchObject([
      { ipAddress: '203.0.113.0/24', action: 'Allow' },
      { ipAddress: '198.51.100.7/32', action: 'Allow' },
    ]);
    expect(site.properties.httpsOnly).toBe(true);
  });

  it('allows no deployment with a user name and a password', () => {
    expect(
      policies.map(({ name, properties }: { name: string; properties: object }) => [name, properties]),
    ).toEqual([
      ['app/scm', { allow: false }],
      ['app/ftp', { allow: false }],
    ]);
  });

  it('has an ARM template that contains no Terraform expression', () => {
    expect(deployment.template_content).not.toContain('${');
    expect(template.parameters).toEqual({ subnetId: { type: 'string' } });
    expect(deployment.parameters_content).toMatch(/^\$\{jsonencode\(/);
  });

  it('is created after its storage and its role assignments', () => {
    for (const type of [
      'service_plan',
      'role_assignment',
      'private_endpoint',
      'storage_container',
      'application_insights',
    ]) {
      expect(deployment.depends_on, type).toContainEqual(expect.stringMatching(`^azurerm_${type}\\.`));
    }
  });
});

describe('the rights of a function', () => {
  it('cover only its storage, its own secret and its own logs', () => {
    expect(roles(blocks).map((role) => role.replace(/^.*principal_id\}: /, ''))).toEqual([
      expect.stringMatching(
        /^Key Vault Secrets User on \$\{azurerm_key_vault_secret\..*resource_versionless_id\}$/,
      ),
      expect.stringMatching(/^Monitoring Metrics Publisher on \$\{azurerm_application_insights\./),
      expect.stringMatching(/^Storage Blob Data Owner on \$\{azurerm_storage_account\./),
    ]);
  });

  it('let the function write logs without an Application Insights key', () => {
    expect(blocks('azurerm_application_insights')[0]).toMatchObject({ local_authentication_disabled: true });
    expect(settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING).toContain('Authorization=AAD');
  });
});

it.each([
  ['10m', '0 */10 * * * *'],
  ['1h', '0 0 * * * *'],
])('the interval %s of a function app becomes the Azure timer expression %s', (every, schedule) => {
  expect(timer(every)).toBe(schedule);
});

it('a secret in the vault is not in the Terraform state', () => {
  expect(blocks('azurerm_key_vault_secret')[0]).toMatchObject({
    value_wo: `\${ephemeral.random_password.token.result}`,
    value_wo_version: 1,
  });
});
