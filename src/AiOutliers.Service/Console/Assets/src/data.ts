/** What the server sends to draw: rows thinned to what can be seen, every anomalous row among them. Times in milliseconds. */
export interface ChartData {
  from: number;
  until: number;
  step: number;
  zone: string;
  series: ChartSeries[];
}

export interface ChartSeries {
  metric: string;
  rows: number;
  time: number[];
  value: (number | null)[];
  expected: (number | null)[];
  lower: (number | null)[] | null;
  upper: (number | null)[] | null;
  /** A week before; null where nobody has asked for it. */
  behind: (number | null)[] | null;
  anomalous: number[];
  reasons: (string | null)[];
  incidents: ChartIncident[];
}

export interface ChartIncident {
  start: number;
  end: number;
  kind: string;
  shape: string;
  severity: number;
}
