import { useEffect, useRef } from 'react';
import { useGo } from '../lib/navigate.js';
import { useMaybeSession } from '../lib/session.js';
import { features } from './features.js';
import { placeLetters, railOf } from './menu.js';
import { enterGrid, openLine, startEditing, stepThroughLines } from './page-keys.js';

/** Milliseconds in which the second key of a pair must follow. */
const pairMs = 1200;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

interface KeyHandlers {
  onPalette: () => void;
  onHelp: () => void;
}

/** Ctrl-K, /, ?, j and k, Enter, e, and g with a place's letter. Nothing is taken while the reader types. */
export function useKeys({ onPalette, onHelp }: KeyHandlers): void {
  const go = useGo();
  const session = useMaybeSession();
  const latest = useRef({ onPalette, onHelp, session });
  useEffect(() => {
    latest.current = { onPalette, onHelp, session };
  });
  useEffect(() => {
    let goPressedAt = -Infinity;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.timeStamp - goPressedAt < pairMs) {
        goPressedAt = -Infinity;
        const rail = railOf(features, latest.current.session);
        const entry = rail.find(({ place }) => placeLetters[place] === event.key);
        if (entry) {
          event.preventDefault();
          go(entry.path);
        }
        return;
      }
      if (event.key === 'g') goPressedAt = event.timeStamp;
      else if (event.key === 'j' || event.key === 'k') {
        enterGrid(event);
        stepThroughLines(event);
      } else if (event.key === 'Enter') openLine(event);
      else if (event.key === 'e') startEditing(event);
      else if (event.key === '?') latest.current.onHelp();
      else if (event.key === '/') {
        event.preventDefault();
        const box = document.querySelector<HTMLInputElement>('main input[type=search]');
        if (box) box.focus();
        else latest.current.onPalette();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [go]);
}
