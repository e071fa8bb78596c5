import { useEffect, useReducer } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { isStaleBuild } from '../lib/stale-build.js';
import { StaleNote } from './stale-note.js';

/** Milliseconds of rest after a page has come: then what its buttons open is fetched, so that no click waits. */
const restMs = 1500;

interface Later<Props> {
  /** Draws the part; `waiting` stands in its place while its script is on its way. */
  Part: (props: Props & { waiting?: ReactNode }) => ReactNode;
  /** Fetches the script now: when the pointer or the focus comes near. A second call does nothing. */
  prepare: () => void;
}

/**
 * A part of a page that is not in its first script: a dialog, an editor, a drawer's content. Once fetched it is drawn at
 * once; React.lazy would show its fallback for 300 ms even then, and the first keys would be lost.
 */
export function later<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): Later<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let failure: unknown;
  let loading: Promise<void> | undefined;
  const fetchPart = async () => {
    try {
      Loaded = (await load()).default;
      failure = undefined;
    } catch (error) {
      failure = error; // told by the part that is drawn; the next wish asks again
      loading = undefined;
    }
  };
  const prepare = () => (loading ??= fetchPart());
  function Part({ waiting, ...props }: Props & { waiting?: ReactNode }) {
    const [asked, redraw] = useReducer((times: number) => times + 1, 0);
    useEffect(() => {
      let here = true;
      if (Loaded === undefined) void prepare().then(() => (here ? redraw() : undefined));
      return () => {
        here = false;
      };
    }, []);
    if (Loaded) return <Loaded {...(props as unknown as Props)} />;
    if (asked > 0 && isStaleBuild(failure)) return <StaleNote />;
    if (asked > 0) throw failure;
    return waiting;
  }
  return { Part, prepare: () => void prepare() };
}

/** Fetches parts once the page has come to rest. `parts` is the same list at every render. */
export function usePreparedAtRest(parts: readonly Pick<Later<never>, 'prepare'>[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of parts) part.prepare();
    }, restMs);
    return () => clearTimeout(timer);
  }, [parts]);
}
