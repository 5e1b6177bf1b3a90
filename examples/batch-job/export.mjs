/**
 * A batch job that copies the valid rows of the CSV file INPUT to the file OUTPUT, and reports to the batch-pusher.
 *
 * Usage: node export.mjs INPUT OUTPUT
 *
 * Environment variables:
 * - BATCH_PUSHER_URL: URL of the batch-pusher, such as https://batch-pusher.airflow-3.svc:5001
 * - TOKEN: bearer token of the batch-pusher
 * - NODE_EXTRA_CA_CERTS: PEM file of the CA of the batch-pusher. Not needed if the URL starts with http://
 * - PERIOD_SECONDS: seconds between two runs of the job. The default is 86400.
 *
 * A failed report does not change the exit code. If the reports stop, the alert BatchRunMissing fires.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const job = 'payroll_node';
const attempts = 3;
const { BATCH_PUSHER_URL, TOKEN, PERIOD_SECONDS = '86400' } = process.env;
const [input, output] = process.argv.slice(2);

/** @returns undefined after success, otherwise the reason and whether a retry can help */
async function send(body) {
  try {
    const response = await fetch(`${BATCH_PUSHER_URL}/batches/${job}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ periodSeconds: Number(PERIOD_SECONDS), ...body }),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) return undefined;
    return { reason: `status ${response.status}`, temporary: response.status >= 500 };
  } catch (error) {
    return { reason: String(error.cause ?? error), temporary: true };
  }
}

async function report(body) {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const failure = await send(body);
    if (!failure) return;
    if (!failure.temporary || attempt === attempts) {
      console.error(`the report of ${job} was not accepted: ${failure.reason}`);
      return;
    }
    await pause(attempt * 1000);
  }
}

async function exportRows() {
  const text = (await readFile(input, 'utf8')).trimEnd();
  const extracted = text === '' ? [] : text.split('\n');
  const transformed = extracted.filter((row) => /^[^,]*,\d+$/.test(row));
  await writeFile(output, transformed.map((row) => `${row}\n`).join(''));
  return { extracted: extracted.length, transformed: transformed.length, loaded: transformed.length };
}

if (!BATCH_PUSHER_URL || !TOKEN || !output) {
  console.error('usage: BATCH_PUSHER_URL=… TOKEN=… node export.mjs INPUT OUTPUT');
  process.exit(2);
}
const started = performance.now();
const durationSeconds = () => (performance.now() - started) / 1000;
try {
  const etl = await exportRows();
  await report({
    status: 'success',
    durationSeconds: durationSeconds(),
    recordsProcessed: etl.loaded,
    etl,
  });
} catch (error) {
  console.error(error.message);
  await report({ status: 'failure', durationSeconds: durationSeconds() });
  process.exitCode = 1;
}
