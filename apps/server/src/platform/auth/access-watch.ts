/** Who wants to know when somebody's rights change; open streams end then. */
export interface AccessWatch {
  onChange: (userId: number, tell: () => void) => () => void;
  changed: (userId: number) => void;
}

export function makeAccessWatch(): AccessWatch {
  const watchers = new Map<number, Set<() => void>>();
  return {
    onChange(userId, tell) {
      const set = watchers.get(userId) ?? new Set();
      watchers.set(userId, set.add(tell));
      return () => {
        set.delete(tell);
        if (set.size === 0) watchers.delete(userId);
      };
    },
    changed(userId) {
      for (const tell of Array.from(watchers.get(userId) ?? [])) tell();
    },
  };
}
