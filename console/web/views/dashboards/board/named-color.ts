import { cssColor } from '../../../chart/colors.ts';

/** The variable of the theme for each name of a colour in the dashboards. */
const variables: Readonly<Record<string, string>> = {
  green: '--good',
  yellow: '--boards-yellow',
  orange: '--boards-orange',
  red: '--bad',
  blue: '--info',
};
const fallback = '--quiet';

/** The colour for a style of an element. */
export const styleColor = (name: string) => `var(${variables[name] ?? fallback})`;

/** The colour for a canvas. */
export const canvasColor = (name: string) => cssColor(variables[name] ?? fallback);
