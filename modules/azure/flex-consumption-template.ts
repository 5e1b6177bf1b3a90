export interface FlexConsumptionApp {
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly plan: string;
  readonly identity: string;
  readonly storageAccount: string;
  readonly container: string;
  readonly nodeVersion: string;
  readonly instanceMemoryMb: number;
  readonly maximumInstances: number;
  readonly alwaysReady: number;
  readonly operatorRanges: readonly string[];
  readonly insights: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/**
 * Returns the ARM template of an app.
 * In azurerm 4.55, `azurerm_function_app_flex_consumption` works only with storage accounts that have keys.
 * @see docs/adr/functions-on-azure.md
 * @see https://learn.microsoft.com/azure/templates/microsoft.web/sites
 */
export function flexConsumptionTemplate(app: FlexConsumptionApp): object {
  const identityId = `resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', '${app.identity}')`;
  const clientId = `[reference(${identityId}, '2023-01-31').clientId]`;
  const settings: Record<string, string> = {
    ...app.settings,
    ...Object.fromEntries(
      Object.entries(app.secrets ?? {}).map(([name, uri]) => [name, `@Microsoft.KeyVault(SecretUri=${uri})`]),
    ),
    AzureWebJobsStorage__accountName: app.storageAccount,
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsStorage__clientId: clientId,
    APPLICATIONINSIGHTS_CONNECTION_STRING: `[reference(resourceId('Microsoft.Insights/components', '${app.insights}'), '2020-02-02').ConnectionString]`,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `[format('ClientId={0};Authorization=AAD', reference(${identityId}, '2023-01-31').clientId)]`,
  };
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    // The subnet id is a parameter, because it is unknown before the platform stack is deployed.
    parameters: { subnetId: { type: 'string' } },
    resources: [
      {
        type: 'Microsoft.Web/sites',
        apiVersion: '2024-04-01',
        name: app.name,
        location: app.location,
        tags: app.tags,
        kind: 'functionapp,linux',
        identity: { type: 'UserAssigned', userAssignedIdentities: { [`[${identityId}]`]: {} } },
        properties: {
          serverFarmId: `[resourceId('Microsoft.Web/serverfarms', '${app.plan}')]`,
          httpsOnly: true,
          publicNetworkAccess: 'Enabled',
          virtualNetworkSubnetId: "[parameters('subnetId')]",
          keyVaultReferenceIdentity: `[${identityId}]`,
          functionAppConfig: {
            deployment: {
              storage: {
                type: 'blobContainer',
                value: `https://${app.storageAccount}.blob.core.windows.net/${app.container}`,
                authentication: {
                  type: 'UserAssignedIdentity',
                  userAssignedIdentityResourceId: `[${identityId}]`,
                },
              },
            },
            scaleAndConcurrency: {
              maximumInstanceCount: app.maximumInstances,
              instanceMemoryMB: app.instanceMemoryMb,
              ...(app.alwaysReady > 0 && { alwaysReady: [{ name: 'http', instanceCount: app.alwaysReady }] }),
            },
            runtime: { name: 'node', version: app.nodeVersion },
          },
          siteConfig: {
            minTlsVersion: '1.3',
            http20Enabled: true,
            ipSecurityRestrictionsDefaultAction: 'Deny',
            ipSecurityRestrictions: app.operatorRanges.map((range, index) => ({
              name: `operators-${index}`,
              ipAddress: range,
              action: 'Allow',
              priority: 100 + index,
            })),
            scmIpSecurityRestrictionsUseMain: true,
            appSettings: Object.entries(settings).map(([name, value]) => ({ name, value })),
          },
        },
      },
      // Allows deployments only with a Microsoft Entra login, not with a password.
      ...['scm', 'ftp'].map((policy) => ({
        type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
        apiVersion: '2024-04-01',
        name: `${app.name}/${policy}`,
        dependsOn: [`[resourceId('Microsoft.Web/sites', '${app.name}')]`],
        properties: { allow: false },
      })),
    ],
  };
}
