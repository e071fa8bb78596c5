/**
 * Whether a file of the program is gone because a newer build took its place while this page stood open. Each browser has
 * its own words for it, and so has the bundler for a style sheet.
 */
export function isStaleBuild(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script failed|unable to preload css/i.test(error.message)
  );
}

const key = 'kezi.reloadedForBuild';
/** A page that fails again this soon after it was loaded anew would go on doing so for ever. */
const restMs = 60_000;

/** False when the page was loaded anew a moment ago and that did not help. */
export function mayReloadForBuild(now: number): boolean {
  return now - Number(sessionStorage.getItem(key) ?? 0) >= restMs;
}

/**
 * Loads the page anew, from the newer build, unless that was just done. Only for when nothing typed can be lost: the reader
 * was leaving for another page.
 */
export function reloadForBuild(now: number, reload = () => window.location.reload()): void {
  if (!mayReloadForBuild(now)) return;
  sessionStorage.setItem(key, String(now));
  reload();
}
