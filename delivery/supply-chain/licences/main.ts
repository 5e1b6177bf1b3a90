import { Command, Option } from 'commander';
import { exitCodesText, runCheck } from '../check.ts';
import { readLock } from '../lock/read-lock.ts';
import { requiredBy } from '../lock/requirements.ts';
import { allModules } from '../programs.ts';
import { lockFile } from '../project.ts';
import { exceptions } from './allowed.ts';
import { licenceOfModule, moduleCache } from './go-licences.ts';
import { type Licensed, licenceReport } from './report.ts';

const options = new Command('npm run licences --')
  .description(
    `Checks the licences of the packages of npm and of the Go modules in the programs against delivery/supply-chain/licences/allowed.ts. ${exitCodesText}`,
  )
  .addOption(
    new Option('--lock <file>', 'the package-lock.json to check').default(lockFile, 'of this project'),
  )
  .showHelpAfterError()
  .parse()
  .opts<{ lock: string }>();

await runCheck(async () => {
  const lock = readLock(options.lock);
  const packages = [...lock.packages.values()];
  const cache = await moduleCache();
  const licensed: readonly Licensed[] = [
    ...packages.map((found) => ({
      kind: found.development ? ('development' as const) : ('production' as const),
      name: found.name,
      version: found.version,
      licence: found.licence,
      from: () => `${found.path}, ${requiredBy(lock, found)}`,
    })),
    ...allModules().map((found) => ({
      kind: 'Go modules' as const,
      name: found.module,
      version: found.version,
      licence: licenceOfModule(found, cache),
      from: () => `compiled into ${found.programs.join(', ')}`,
    })),
  ];
  const { text, failures } = licenceReport(licensed, { exceptions });
  console.log(text);
  for (const failure of failures) console.error(failure);
  return failures.length > 0;
});
