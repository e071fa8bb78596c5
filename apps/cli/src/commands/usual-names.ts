/** Names under which the literature and other programs know the columns of order histories, in small letters. */
const usual: Readonly<Record<string, readonly string[]>> = {
  frequency: ['x'],
  recency: ['t_x', 't.x', 'tx'],
  age: ['t'],
  opportunities: ['n', 'n.cal', 'periods'],
  monetary_value: ['zbar', 'm_x', 'monetary'],
  weight: ['weights', 'custs'],
};

/**
 * The names of a file with those of the literature in ours, where one is wanted and the file does not have it: T for age, say. A
 * column that is wanted by its own name keeps it.
 */
export function inOurNames(names: readonly string[], wanted: readonly string[]): string[] {
  const known = names.map((name) => name.trim().toLowerCase());
  const asked = new Set(wanted.map((name) => name.trim().toLowerCase()));
  const ours = [...names];
  for (const name of asked) {
    if (known.includes(name)) continue;
    const place = known.findIndex((each) => !asked.has(each) && (usual[name] ?? []).includes(each));
    if (place >= 0) ours[place] = name;
  }
  return ours;
}
