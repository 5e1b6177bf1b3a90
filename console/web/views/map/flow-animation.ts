import { useEffect } from 'preact/hooks';

/** At three steps per second, the animation uses a third of the processor time of the map page. */
const stepsPerSecond = 3;
/** Length of a dash, and length of the gap between two dashes, in units of the SVG `viewBox`. */
export const dash = { length: 6, gap: 12 } as const;
const period = dash.length + dash.gap;

/** SVG `viewBox` units per step. With a speed above `period / 2`, the dashes would seem to move backwards. */
export const speeds = { slow: 2.5, medium: 5, fast: 8 } as const;
export type Speed = keyof typeof speeds;

export function speedOf(rate: number): Speed {
  if (rate <= 1) return 'slow';
  return rate > 30 ? 'fast' : 'medium';
}

/** A timer needs less processor time than a CSS animation, which paints sixty times per second. */
export function useFlowAnimation(element: { readonly current: SVGSVGElement | null }): void {
  useEffect(() => {
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    let steps = 0;
    const timer = setInterval(() => {
      if (document.hidden || reduced.matches) return;
      steps += 1;
      for (const group of element.current?.querySelectorAll<SVGGElement>('[data-speed]') ?? []) {
        const moved = steps * speeds[group.dataset.speed as Speed];
        group.setAttribute('stroke-dashoffset', String(-(moved % period)));
      }
    }, 1000 / stepsPerSecond);
    return () => clearInterval(timer);
  }, []);
}
