// node .ci/results.mjs FOLDER prints the number of passed tests and of failed tests, from the files of the reporter. It
// prints each failure on stderr, because the end of a CI log is often all that is kept.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const runs = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
for (const failure of runs.flatMap(({ failures }) => failures)) console.error(failure);
const sum = (count) => runs.reduce((total, run) => total + run[count], 0);
console.log(sum('passed'), sum('failed'));
