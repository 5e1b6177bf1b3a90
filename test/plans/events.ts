import * as z from 'zod';

/**
 * The output of `terraform test -json`: one event on each line
 * (https://developer.hashicorp.com/terraform/internals/machine-readable-ui).
 */

const event = z.object({
  type: z.string(),
  '@testrun': z.string().optional(),
  terraform: z.string().optional(),
  diagnostic: z
    .object({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(''),
      address: z.string().optional(),
      snippet: z
        .object({
          values: z
            .array(z.object({ traversal: z.string(), statement: z.string() }))
            .nullish()
            .transform((values) => values ?? []),
        })
        .nullish(),
    })
    .optional(),
  test_run: z.object({ run: z.string(), progress: z.string(), status: z.string().optional() }).optional(),
  test_plan: z.unknown().optional(),
});

/** A resource that Terraform refuses to destroy at the end of the test. */
const refusal = /^Resource (\S+) has\s+lifecycle\.prevent_destroy set/;

/** Maximum length of a value in a message. Chart values are much longer. */
const shownLength = 300;

export interface TestEvents {
  /** Version of Terraform. */
  readonly version: string | undefined;
  /** Names of the runs that passed. */
  readonly passed: ReadonlySet<string>;
  /** Errors, each as one text. An error because of `prevent_destroy` is in `refused` instead. */
  readonly errors: readonly string[];
  /** Addresses of the resources that Terraform refused to destroy. */
  readonly refused: readonly string[];
  /** The plan of the block `run "plan"`. Undefined without the option `-verbose`. */
  readonly plan: unknown;
}

export class EventReader {
  #version: string | undefined;
  #plan: unknown;
  readonly #passed = new Set<string>();
  readonly #errors: string[] = [];
  readonly #refused: string[] = [];

  /** A line that is no event is an error of Terraform, for example a crash. */
  read(line: string): void {
    if (line.trim() === '') return;
    const parsed = event.safeParse(parse(line));
    if (!parsed.success) {
      this.#errors.push(line.slice(0, shownLength));
      return;
    }
    const { type, terraform, diagnostic, test_run: run, test_plan: plan } = parsed.data;
    if (type === 'version') this.#version = terraform;
    if (run?.status === 'pass') this.#passed.add(run.run);
    if (type === 'test_plan' && parsed.data['@testrun'] === 'plan') this.#plan = plan;
    if (diagnostic?.severity === 'error') this.#error(diagnostic, parsed.data['@testrun']);
  }

  #error(
    { summary, detail, address, snippet }: NonNullable<z.infer<typeof event>['diagnostic']>,
    run: string | undefined,
  ): void {
    const refused = refusal.exec(detail)?.[1];
    if (refused) {
      this.#refused.push(refused);
      return;
    }
    const values = (snippet?.values ?? []).map(
      ({ traversal, statement }) => `${traversal} ${statement.slice(0, shownLength)}`,
    );
    const where = address ? ` (${address})` : '';
    const text = summary === 'Test assertion failed' ? detail : `${summary}${where}: ${detail}`;
    const error = [text, ...values].join('; ').replace(/\s+/g, ' ');
    this.#errors.push(run ? `${run}: ${error}` : error);
  }

  get events(): TestEvents {
    return {
      version: this.#version,
      passed: this.#passed,
      errors: this.#errors,
      refused: this.#refused,
      plan: this.#plan,
    };
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
