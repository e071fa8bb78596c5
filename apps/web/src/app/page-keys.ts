/** Milliseconds in which a row that was opened shows what can be changed. */
const openingMs = 3000;

const gridOf = () => document.querySelector<HTMLElement>('main [role=grid]');
/** What is open over the page comes first. */
const firstFact = () =>
  document.querySelector<HTMLElement>('aside [data-edit]') ??
  document.querySelector<HTMLElement>('main [data-edit]');

function press(grid: HTMLElement, key: string): void {
  grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

/** The first j or k of a page: the grid takes it, and has the keys from then on. */
export function enterGrid(event: KeyboardEvent): void {
  const grid = gridOf();
  if (!grid || event.target === grid) return;
  event.preventDefault();
  grid.focus();
  press(grid, event.key);
}

/** Where the reader was in a list: a line that is finished goes away, and the next one takes its place. */
const places = new WeakMap<Element, number>();
const lineAt = () => document.activeElement?.closest<HTMLElement>('main [data-line]') ?? null;

/** From line to line of a list of things to do, where the page has no grid. */
export function stepThroughLines(event: KeyboardEvent): void {
  if (gridOf()) return;
  const at = lineAt();
  const list = at?.parentElement ?? document.querySelector('main [data-line]')?.parentElement;
  if (!list) return;
  event.preventDefault();
  const lines = [...list.querySelectorAll<HTMLElement>(':scope > [data-line]')];
  const step = event.key === 'j' ? 1 : -1;
  const wanted = at === null ? (places.get(list) ?? 0) : lines.indexOf(at) + step;
  const place = Math.max(0, Math.min(lines.length - 1, wanted));
  places.set(list, place);
  lines[place]?.focus();
}

/** Enter on a line goes where its first link leads. */
export function openLine(event: KeyboardEvent): void {
  const line = lineAt();
  if (line === null || event.target !== line) return;
  event.preventDefault();
  line.querySelector('a')?.click();
}

/** Turns the first fact that can be changed into its input, or begins to finish the line; from the rows of a grid, the row is opened first. */
export function startEditing(event: KeyboardEvent): void {
  const fact = lineAt()?.querySelector('button') ?? firstFact();
  const grid = gridOf();
  if (!fact && !grid?.hasAttribute('aria-activedescendant')) return;
  // The letter itself is not to be typed into the input.
  event.preventDefault();
  if (fact) {
    fact.click();
    return;
  }
  if (grid) press(grid, 'Enter');
  const until = event.timeStamp + openingMs;
  const look = (now: number) => {
    const opened = firstFact();
    if (opened) opened.click();
    else if (now < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
