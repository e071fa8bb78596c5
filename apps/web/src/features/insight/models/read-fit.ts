/** A figure that a fit has estimated, and how sure it is. */
export interface Estimate {
  /** What it acts on, or its segment; empty where there is but one. */
  of: string;
  name: string;
  value: number;
  error: number | null;
  lower: number | null;
  upper: number | null;
  pValue: number | null;
}

/** What a person wants to know of a fit, whatever its model; the rest is in its JSON. */
export interface FitView {
  name: string;
  /** Null for what has nothing to converge, such as a survival curve. */
  converged: boolean | null;
  reason: string | null;
  warnings: string[];
  estimates: Estimate[];
  /** Single figures by name. */
  figures: [string, number][];
  /** Centres of clusters, or how much each column matters to trees. */
  groups: { names: string[]; sizes: number[]; centres: number[][] } | null;
  importance: { name: string; share: number }[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): string[] =>
  listOf(value).filter((each): each is string => typeof each === 'string');
const numbersOf = (value: unknown): number[] =>
  listOf(value).filter((each): each is number => typeof each === 'number');
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Parameters as the papers list them; JSON from a store keeps no order. */
const bookOrder = ['k', 'r', 'alpha', 'a', 'b', 's', 'beta', 'gamma', 'delta', 'p', 'q', 'v', 'c'];

function parametersOf(fit: Fields, of: string): Estimate[] {
  const errors = fieldsOf(fit['standardErrors']);
  const intervals = fieldsOf(fit['intervals']);
  return Object.entries(fieldsOf(fit['parameters']))
    .toSorted(([a], [b]) => bookOrder.indexOf(a) - bookOrder.indexOf(b))
    .flatMap(([name, value]): Estimate[] => {
      if (typeof value !== 'number') return [];
      const { lower, upper } = fieldsOf(intervals[name]);
      return [
        {
          of,
          name,
          value,
          error: numberOf(errors[name]),
          lower: numberOf(lower),
          upper: numberOf(upper),
          pValue: null,
        },
      ];
    });
}

function coefficientsOf(lines: unknown, of: string): Estimate[] {
  return listOf(lines).flatMap((line): Estimate[] => {
    const { name, estimate, standardError, lower, upper, pValue } = fieldsOf(line);
    if (typeof name !== 'string' || typeof estimate !== 'number') return [];
    return [
      {
        of,
        name,
        value: estimate,
        error: numberOf(standardError),
        lower: numberOf(lower),
        upper: numberOf(upper),
        pValue: numberOf(pValue),
      },
    ];
  });
}

/** Figures that stand at the top of a fit, and those of its judgement on rows that were held out. */
const topFigures = [
  'logLikelihood',
  'customers',
  'rows',
  'events',
  'positives',
  'concordance',
  'iterations',
  'spread',
] as const;
const heldFigures = ['auc', 'logLoss', 'brier', 'ks', 'topDecileLift'] as const;

function figuresOf(fit: Fields): [string, number][] {
  const holdout = fieldsOf(fit['holdout']);
  const ratio = fieldsOf(fit['likelihoodRatio']);
  const correlation = fieldsOf(fit['rankCorrelation']);
  const named = (fields: Fields, names: readonly string[], prefix = ''): [string, number][] =>
    names.flatMap((name): [string, number][] => {
      const value = numberOf(fields[name]);
      return value === null || value < -1e300 ? [] : [[`${prefix}${name}`, value]];
    });
  return [
    ...named(fit, topFigures),
    ...named(ratio, ['pValue'], 'likelihoodRatio.'),
    ...named(correlation, ['estimate'], 'rankCorrelation.'),
    ...named(holdout, heldFigures, 'holdout.'),
  ];
}

/** What the answer to a fit says. Models answer in their own shapes; what one does not have is left empty. */
export function readFit(fit: Fields): FitView {
  const pooled = fieldsOf(fit['pooled']);
  const segments = listOf(fit['segments']).map(fieldsOf);
  const model = fieldsOf(fit['model']);
  const own = segments.length > 0 ? pooled : fit;
  const isClusters = fit['name'] === 'k-means';
  const importance = numbersOf(fit['importance']);
  return {
    name: textOf(fit['name']),
    converged: typeof own['converged'] === 'boolean' ? own['converged'] : null,
    reason: typeof own['reason'] === 'string' ? own['reason'] : null,
    warnings: [...textsOf(own['warnings']), ...textsOf(fit['diverging']).map((name) => `diverging-${name}`)],
    estimates: [
      ...parametersOf(own, ''),
      ...segments.flatMap((segment) => parametersOf(segment, textOf(segment['segment']))),
      ...coefficientsOf(fit['coefficients'], ''),
      ...listOf(fit['effects']).flatMap((effect) => {
        const { on, coefficients } = fieldsOf(effect);
        return coefficientsOf(coefficients, textOf(on));
      }),
    ],
    figures: figuresOf(segments.length > 0 ? { ...pooled, ...fit } : fit),
    groups: isClusters
      ? {
          names: textsOf(model['names']),
          sizes: numbersOf(model['sizes']),
          centres: listOf(model['centres']).map(numbersOf),
        }
      : null,
    importance: listOf(model['features'])
      .map((feature, place) => ({
        name: textOf(fieldsOf(feature)['name']),
        share: importance[place] ?? 0,
      }))
      .toSorted((a, b) => b.share - a.share),
  };
}
