/** Counts and gauges in the text format of Prometheus; labels never hold an id or a name. */

export interface Metrics {
  /** One more of something that happened. */
  count(name: string, labels?: Labels): void;
  /** A value read each time somebody looks. */
  gauge(name: string, read: () => number): void;
  text(): string;
}

type Labels = Readonly<Record<string, string>>;

/** `about` names every metric with the sentence that explains it; others are refused. */
export function createMetrics(about: Readonly<Record<string, string>>): Metrics {
  const counts = new Map<string, Map<string, number>>();
  const gauges = new Map<string, () => number>();
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
  gauge: (() => number) | undefined,
): string[] {
  const kind = gauge === undefined ? 'counter' : 'gauge';
  const head = `# HELP lvlin_${name} ${help}\n# TYPE lvlin_${name} ${kind}\n`;
  if (gauge !== undefined) return [head, `lvlin_${name} ${gauge()}\n`];
  return [head, ...[...(series ?? [])].map(([labels, value]) => `lvlin_${name}${labels} ${value}\n`)];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
