import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';

export interface PlotSource {
  /**
   * A text that identifies the shape of the plot. A change of this text creates a new plot. New data needs no new plot.
   */
  readonly shape: string;
  readonly options: () => Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
  /** Height in CSS pixels. With `fill`, it is the height of the element. */
  readonly height: number | 'fill';
}

/** Position of the pointer over a plot. */
export interface Pointer {
  /** Index of the position in the data. */
  readonly index: number;
  /** Unix time of the position in seconds. */
  readonly time: number;
  /** Position in the window, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

const minSize = 40;

/** Keeps a uPlot chart in an element. New data is drawn in the existing plot. A new `shape` creates a new plot. */
export function usePlot({ shape, options, data, height }: PlotSource) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [pointer, setPointer] = useState<Pointer>();

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const size = () => ({
      width: Math.max(minSize, element.clientWidth),
      height: height === 'fill' ? Math.max(minSize, element.clientHeight) : height,
    });
    const own = options();
    const created = new uPlot(
      { ...own, ...size(), hooks: { ...own.hooks, setCursor: [(u) => setPointer(pointerOf(u))] } },
      data,
      element,
    );
    plot.current = created;
    const resized = new ResizeObserver(() => {
      const next = size();
      if (created.width !== next.width || created.height !== next.height) created.setSize(next);
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      created.destroy();
      plot.current = null;
      setPointer(undefined);
    };
  }, [shape, height]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);

  return { host, plot, pointer };
}

/** The pointer over this plot. The result is undefined if the pointer is over another plot with the same crosshair. */
function pointerOf(plot: uPlot): Pointer | undefined {
  const { idx, left = -1, top = -1 } = plot.cursor;
  if (typeof idx !== 'number' || left < 0 || !plot.over.matches(':hover')) return undefined;
  const { x, y } = plot.over.getBoundingClientRect();
  const time = plot.data[0][idx];
  return time === undefined ? undefined : { index: idx, time, x: x + left, y: y + top };
}

/**
 * Settings for a crosshair that all charts with the same key share. Only the crosshair is shared. A selection in one
 * chart is not drawn in the other charts.
 */
export function sharedCrosshair(key: string | undefined): uPlot.Cursor.Sync | undefined {
  const isShared = (type: string) => type === 'mousemove' || type === 'mouseleave';
  return key === undefined
    ? undefined
    : { key, setSeries: false, filters: { pub: (type) => isShared(type), sub: (type) => isShared(type) } };
}
