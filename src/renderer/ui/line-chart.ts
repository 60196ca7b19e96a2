import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartDataset,
  type Scale,
} from 'chart.js';

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip);

/** How one line looks; lines differ by dash as well as by colour. */
export interface Series {
  label: string;
  /** Any CSS colour. */
  color: string;
  dash?: readonly number[];
  /** Marks each value with a dot. */
  points?: boolean;
  /** CSS pixels. */
  width?: number;
  /** Fills in between the other lines: once they say enough, the y axis follows them only. */
  isBackground?: boolean;
}

export interface LineChartOptions {
  series: readonly Series[];
  /** The right end of the x axis. */
  maxX: number;
  textColor: string;
  gridColor: string;
  font: string;
  /** Values that y cannot go beyond. */
  limitsY: readonly [min: number, max: number];
  formatX(value: number): string;
  /** At the axis. */
  formatTickY(value: number): string;
  /** In the tooltip. */
  formatY(value: number): string;
}

export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/** A line chart as a view needs it: no animation, values as `{x, y}` in the order of x. */
export interface LineChart {
  /** Adds points to one line and draws. */
  append(series: number, points: readonly LinePoint[]): void;
  /** Empties all lines. */
  reset(): void;
  destroy(): void;
}

/** Makes the chart on `canvas`. */
export function createLineChart(canvas: HTMLCanvasElement, options: LineChartOptions): LineChart {
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: options.series.map(toDataset) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      font: { family: options.font, size: 11 },
      scales: { x: axisX(options), y: axisY(options) },
      plugins: {
        tooltip: {
          displayColors: false,
          callbacks: {
            title: () => '',
            label: ({ dataset, parsed }) => `${dataset.label} ${options.formatY(parsed.y ?? 0)}`,
          },
        },
      },
    },
  });
  return {
    append(series, points) {
      const values = chart.data.datasets[series]?.data;
      if (!values) throw new RangeError(`The chart has no line ${series}.`);
      for (const { x, y } of points) values.push({ x, y });
      chart.update('none');
    },
    reset() {
      for (const dataset of chart.data.datasets) dataset.data = [];
      chart.update('none');
    },
    destroy: () => chart.destroy(),
  };
}

/** CSS pixels beyond the plot in which dots may still be drawn. */
const POINT_ROOM = 6;

function toDataset({
  label,
  color,
  dash = [],
  points = false,
  width = 2,
}: Series): ChartDataset<'line', LinePoint[]> {
  return {
    label,
    data: [],
    borderColor: color,
    backgroundColor: color,
    borderDash: [...dash],
    borderWidth: width,
    pointRadius: points ? 2.5 : 0,
    pointHoverRadius: points ? 4 : 0,
    pointHitRadius: points ? 12 : 0,
    // A dot on the edge of the plot is drawn whole.
    clip: points ? POINT_ROOM : 0,
  };
}

const axisX = ({ maxX, textColor, formatX }: LineChartOptions) => ({
  type: 'linear' as const,
  min: 0,
  max: maxX,
  grid: { display: false },
  border: { display: false },
  ticks: {
    color: textColor,
    precision: 0,
    maxRotation: 0,
    callback: (value: number | string) => formatX(Number(value)),
  },
});

const axisY = (options: LineChartOptions) => ({
  type: 'linear' as const,
  afterDataLimits: (scale: Scale) => fitToForeground(scale, options),
  border: { display: false },
  grid: { color: options.gridColor },
  ticks: {
    color: options.textColor,
    maxTicksLimit: 5,
    callback: (value: number | string) => options.formatTickY(Number(value)),
  },
});

/** From this many values on, the foreground alone decides the range. */
const ENOUGH_VALUES = 3;
/** Free space above and below the lines, as a part of their range. */
const MARGIN = 0.15;

/** Lets the steep start of a background line leave the picture, so that later differences can be seen. */
function fitToForeground(scale: Scale, { series, limitsY: [least, most] }: LineChartOptions): void {
  const values = scale.chart.data.datasets.flatMap(({ data }, index) =>
    series[index]?.isBackground ? [] : (data as LinePoint[]).map(({ y }) => y),
  );
  if (values.length < ENOUGH_VALUES) return;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = Math.max((high - low) * MARGIN, Number.EPSILON);
  scale.min = Math.max(low - margin, least);
  scale.max = Math.min(high + margin, most);
}
