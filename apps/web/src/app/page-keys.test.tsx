import { fireEvent } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { enterGrid, openLine, startEditing, stepThroughLines } from './page-keys.js';

function show(html: string) {
  document.body.innerHTML = html;
  const pressed: string[] = [];
  document.querySelector('[role=grid]')?.addEventListener('keydown', (event) => {
    pressed.push((event as KeyboardEvent).key);
  });
  return pressed;
}

const keys = (event: KeyboardEvent) => {
  if (event.key === 'j') enterGrid(event);
  if (event.key === 'j' || event.key === 'k') stepThroughLines(event);
  if (event.key === 'Enter') openLine(event);
  if (event.key === 'e') startEditing(event);
};

afterEach(() => {
  document.removeEventListener('keydown', keys);
  document.body.innerHTML = '';
});

describe('keys of a page', () => {
  it('hand the first j to the grid, once, and it has the keys from then on', () => {
    const pressed = show('<main><div role="grid" tabindex="0"></div></main>');
    document.addEventListener('keydown', keys);
    fireEvent.keyDown(document.body, { key: 'j' });
    expect([pressed, document.activeElement?.getAttribute('role')]).toEqual([['j'], 'grid']);
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'j' });
    expect(pressed).toEqual(['j', 'j']);
  });

  it('go through the lines of a list, finish one, open one, and stay at the place of one that is gone', () => {
    const line = (name: string) =>
      `<li data-line tabindex="-1" id="${name}"><a href="#${name}">${name}</a><button>finish ${name}</button></li>`;
    show(`<main><ol>${['a', 'b', 'c'].map(line).join('')}</ol></main>`);
    document.addEventListener('keydown', keys);
    const clicked: string[] = [];
    document.body.firstElementChild?.addEventListener('click', (event) => {
      event.preventDefault();
      clicked.push((event.target as HTMLElement).textContent ?? '');
    });
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    for (const key of ['j', 'j', 'e']) press(key);
    expect([document.activeElement?.id, clicked]).toEqual(['b', ['finish b']]);
    document.querySelector('#b')?.remove();
    press('j');
    expect(document.activeElement?.id).toBe('c');
    for (const key of ['j', 'k', 'Enter']) press(key);
    expect([document.activeElement?.id, clicked]).toEqual(['a', ['finish b', 'a']]);
  });

  it('edit the first fact of an open panel, and open the row where there is none yet', async () => {
    const pressed = show(
      '<main><button data-edit>page</button></main><aside><button data-edit>panel</button></aside>',
    );
    document.addEventListener('keydown', keys);
    const clicked: string[] = [];
    document.addEventListener('click', (event) =>
      clicked.push((event.target as HTMLElement).textContent ?? ''),
    );
    fireEvent.keyDown(document.body, { key: 'e' });
    expect([clicked, pressed]).toEqual([['panel'], []]);
    const opening = show('<main><div role="grid" tabindex="0" aria-activedescendant="r1"></div></main>');
    fireEvent.keyDown(document.body, { key: 'e' });
    expect(opening).toEqual(['Enter']);
    const late = document.createElement('aside');
    late.innerHTML = '<button data-edit>late</button>';
    document.body.append(late);
    await new Promise((resume) => setTimeout(resume, 60));
    expect(clicked).toEqual(['panel', 'late']);
  });
});
