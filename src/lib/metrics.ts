/** Counts and gauges in the text format of Prometheus; labels never hold an id or a name. */

export interface Metrics {
  /** One more of something that happened. */
  count(name: string, labels?: Labels): void;
  /** A value read each time somebody looks, or several apart by their labels. */
  gauge(name: string, read: () => number | readonly Sample[]): void;
  text(): string;
}

type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** `about` names every metric with the sentence that explains it; others are refused. */
export function createMetrics(about: Readonly<Record<string, string>>): Metrics {
  const counts = new Map<string, Map<string, number>>();
  const gauges = new Map<string, () => number | readonly Sample[]>();
  const known = (name: string) => {
    if (about[name] === undefined) throw new Error(`the metric ${name} is not explained`);
  };
  return {
    count: (name, labels = {}) => {
      known(name);
      const series = counts.get(name) ?? new Map<string, number>();
      const key = labelText(labels);
      series.set(key, (series.get(key) ?? 0) + 1);
      counts.set(name, series);
    },
    gauge: (name, read) => {
      known(name);
      gauges.set(name, read);
    },
    text: () =>
      Object.entries(about)
        .flatMap(([name, help]) => linesOf(name, help, counts.get(name), gauges.get(name)))
        .join(''),
  };
}

function linesOf(
  name: string,
  help: string,
  series: ReadonlyMap<string, number> | undefined,
  gauge: (() => number | readonly Sample[]) | undefined,
): string[] {
  const kind = gauge === undefined ? 'counter' : 'gauge';
  const head = `# HELP lvlin_${name} ${help}\n# TYPE lvlin_${name} ${kind}\n`;
  const value = gauge?.();
  if (typeof value === 'number') return [head, `lvlin_${name} ${value}\n`];
  if (value !== undefined) return [head, ...value.map((one) => `lvlin_${name}${labelText(one.labels)} ${one.value}\n`)];
  return [head, ...[...(series ?? [])].map(([labels, value]) => `lvlin_${name}${labels} ${value}\n`)];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
