import type { Principal } from '../http/kezi-app.js';
import type { Platform } from '../platform.js';
import { findUserPrincipal } from './find-principal.js';

/** What somebody sees, written down to be compared. */
function eyesOf({ role, scope, teamIds, ownerIds, sharedIds, fieldRules }: Principal): string {
  return JSON.stringify([role, scope, teamIds, ownerIds, sharedIds, fieldRules]);
}

/**
 * Tells once when somebody sees less or other than they did. Word of changes comes for many at a time, such as when a
 * department moves; those whose eyes are the same go on.
 * @returns what ends the watch
 */
export function watchEyes(platform: Platform, principal: Principal, tell: () => void): () => void {
  const before = eyesOf(principal);
  const forget = platform.access.onChange(principal.userId, () => {
    void findUserPrincipal(platform.db.login, principal.userId, platform.clock.now()).then(
      (after) => {
        if (after !== null && eyesOf(after) === before) return;
        forget();
        tell();
      },
      // Who cannot be asked about is not shown more.
      () => {
        forget();
        tell();
      },
    );
  });
  return forget;
}
