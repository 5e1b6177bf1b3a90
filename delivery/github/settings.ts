import * as z from 'zod/mini';
import { readSettings, type Setting } from '../../settings/read-settings.ts';

const text = (expected: string, remedy: string): Setting<string> => ({
  schema: z.string(),
  expected,
  remedy,
});

/** GitHub sets these variables, except GITHUB_TOKEN. The workflow must pass the token. */
const gitHubSettings = {
  GITHUB_TOKEN: {
    ...text('the token of the job', 'Pass github.token as this variable of the step'),
    secret: true,
  },
  GITHUB_REPOSITORY: {
    schema: z.string().check(z.regex(/^[\w.-]+\/[\w.-]+$/)),
    expected: 'owner/name',
    remedy: 'Run the command in GitHub Actions, or set the variable to the name of the repository',
  },
  GITHUB_API_URL: {
    schema: z._default(z.string().check(z.regex(/^https?:\/\/[^\s?#]+$/)), 'https://api.github.com'),
    expected: 'the URL of the REST API',
    remedy: 'Set it to a URL such as https://api.github.com, or unset it',
  },
  GITHUB_SERVER_URL: {
    schema: z._default(z.string().check(z.regex(/^https?:\/\/[^\s?#]+$/)), 'https://github.com'),
    expected: 'the URL of GitHub',
    remedy: 'Set it to a URL such as https://github.com, or unset it',
  },
  GITHUB_RUN_ID: {
    schema: z.string().check(z.regex(/^\d+$/)),
    expected: 'the number of the run',
    remedy: 'Run the command in GitHub Actions, or set the variable to the number of the run',
  },
} as const;

/** The job of GitHub Actions that runs this process. */
export interface Job {
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly apiUrl: string;
  readonly runUrl: string;
}

/** @throws SettingsError if a variable is missing or wrong; the message never contains the token */
export function readJob(env: Readonly<Record<string, string | undefined>>): Job {
  const read = readSettings(gitHubSettings, env);
  return {
    token: read.GITHUB_TOKEN,
    repository: read.GITHUB_REPOSITORY,
    apiUrl: read.GITHUB_API_URL.replace(/\/$/, ''),
    runUrl: `${read.GITHUB_SERVER_URL}/${read.GITHUB_REPOSITORY}/actions/runs/${read.GITHUB_RUN_ID}`,
  };
}
