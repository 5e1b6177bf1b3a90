import { expect, it } from 'vitest';
import * as environments from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { platformOf } from '../../platforms/environment.ts';

it.each(checkEnvironments(Object.values(environments)))(
  'npm run ci:kubeconfig has commands only for platforms on Azure: $name',
  (environment) => {
    const platform = platformOf(environment);
    const commands = platform.kubeconfigCommands?.(environment.platform);
    if (environment.platform.kind !== 'azure') return expect(commands).toBeUndefined();
    const { context } = platform.kubeconfig(environment.platform);
    const [credentials = [], login = []] = commands ?? [];
    // The command `az aks get-credentials --name x` creates a kubectl context with the name `x`.
    expect(credentials.slice(0, 3)).toEqual(['az', 'aks', 'get-credentials']);
    expect(credentials[credentials.indexOf('--name') + 1]).toBe(context);
    expect(login.slice(0, 2)).toEqual(['kubelogin', 'convert-kubeconfig']);
  },
);
