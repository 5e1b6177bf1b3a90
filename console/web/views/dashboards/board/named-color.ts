import { cssColor } from '../../../chart/colors.ts';

/** The theme's CSS variable for each colour name in the dashboards. */
const variables: Readonly<Record<string, string>> = {
  green: '--good',
  yellow: '--boards-yellow',
  orange: '--boards-orange',
  red: '--bad',
  blue: '--info',
};
const fallback = '--quiet';

/** The colour for the style of an element. */
export const styleColor = (name: string) => `var(${variables[name] ?? fallback})`;

/** The colour for a canvas. */
export const canvasColor = (name: string) => cssColor(variables[name] ?? fallback);
