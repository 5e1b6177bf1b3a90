import { azureNames, vaultSecrets } from '../../../config/azure-names.ts';
import type { Assertion, AssertionsOf } from './assertion.ts';
import { is } from './assertion.ts';
import { isAzure, noPublicAddress, privateStorage } from './azure.ts';

export const functionsAssertions: AssertionsOf = (environment) => {
  if (!isAzure(environment)) throw new Error(`${environment.name} is not on Azure, but has functions there`);
  const { functions, usdtExporter, platform } = environment;
  const apps = [
    ...(functions.host === 'azure' ? [functions] : []),
    ...(usdtExporter.host === 'azure' ? [usdtExporter] : []),
  ];
  return {
    list: [
      ...apps.flatMap(({ app, storageAccount }): readonly Assertion[] => [
        {
          statement: `The function app ${app} is in the resource group of the environment`,
          of: { type: 'azurerm_resource_group_template_deployment', where: { name: app } },
          attributes: {
            resource_group_name: is(platform.resourceGroup),
            deployment_mode: is('Incremental'),
          },
        },
        {
          statement: `The function app ${app} runs on Flex Consumption`,
          of: { type: 'azurerm_service_plan', where: { name: app } },
          attributes: { sku_name: is('FC1'), os_type: is('Linux') },
        },
        ...privateStorage(storageAccount, platform.operatorRanges),
        {
          statement: `The identity of ${app} owns the blobs of its storage account`,
          of: {
            type: 'azurerm_role_assignment',
            where: { role_definition_name: 'Storage Blob Data Owner' },
            count: apps.length,
          },
          attributes: { principal_type: is('ServicePrincipal') },
        },
      ]),
      {
        statement: 'Application Insights accepts only logins of Entra',
        of: { type: 'azurerm_application_insights', where: { name: azureNames(environment.name).insights } },
        attributes: { local_authentication_disabled: is(true) },
      },
      ...(functions.host === 'azure'
        ? [
            {
              statement: 'The token of the batch-pusher is write-only',
              of: { type: 'azurerm_key_vault_secret', where: { name: vaultSecrets.batchPusherToken } },
              attributes: { value_wo_version: { atLeast: 1 }, value: is(null) },
            },
            {
              statement: 'Only the identity of the batch-pusher reads its token',
              of: {
                type: 'azurerm_role_assignment',
                where: { role_definition_name: 'Key Vault Secrets User' },
              },
              afterApply: {
                principal_id: {
                  sameAs: { type: 'azurerm_user_assigned_identity', where: { name: functions.app } },
                  attribute: 'principal_id',
                },
              },
            },
          ]
        : []),
      noPublicAddress,
    ],
  };
};
