import semver from 'semver';
import { terraformVersion } from '../config/terraform.ts';
import { installRemedy, runTerraform, type TerraformOptions } from './run-terraform.ts';

/** There is no usable Terraform on this machine. The message says how to install a version. */
export class TerraformUnavailable extends Error {
  override readonly name = 'TerraformUnavailable';
}

/**
 * Returns the version of the installed Terraform.
 * @throws TerraformUnavailable
 */
export async function requireTerraform(
  options: Pick<TerraformOptions, 'env' | 'signal'> = {},
): Promise<string> {
  const { failure, stdout, reason } = await runTerraform(['version', '-json'], {
    ...options,
    deadlineMs: 30_000,
  });
  if (failure === 'missing') throw new TerraformUnavailable(reason);
  const version = semver.coerce(/"terraform_version": *"([^"]+)"/.exec(stdout)?.[1]);
  if (failure !== undefined || !version) {
    throw new TerraformUnavailable(
      `terraform version failed: ${(reason || stdout.slice(0, 300)).replace(/\.$/, '')}. ${installRemedy}`,
    );
  }
  if (!semver.satisfies(version, terraformVersion)) {
    throw new TerraformUnavailable(
      `terraform has the version ${version}, expected ${terraformVersion}. ${installRemedy}`,
    );
  }
  return version.version;
}
