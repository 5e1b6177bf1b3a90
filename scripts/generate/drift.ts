import { markdownReport } from '../../review/drift/markdown.ts';
import { recordedDrift } from '../../test/review/drift/recorded.ts';
import { type Generated, withRegion } from './region.ts';

/**
 * Writes the report of a recorded drift as a Markdown code block. The code block starts with four backticks, because
 * the report itself contains code blocks with three backticks.
 */
export const driftPage: Generated = {
  file: 'docs/find-drift.md',
  text: async (current) => {
    const report = markdownReport(await recordedDrift());
    return withRegion(current, 'drift', `\`\`\`\`md\n${report.trimEnd()}\n\`\`\`\``);
  },
};
