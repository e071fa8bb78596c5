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

/** Turns the first fact that can be changed into its input; from the rows of a grid, the row is opened first. */
export function startEditing(event: KeyboardEvent): void {
  const fact = firstFact();
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
