import type { ReactNode } from 'react';

/** Line pictures for empty pages, 120 x 80: the instrument's own vocabulary of rows, dots and whiskers. */
const pictures = {
  file: (
    <>
      <path d="M34 10h36l16 16v46H34z" />
      <path d="M70 10v16h16" />
      <path className="soft" d="M44 36h32M44 46h32M44 56h20" />
      <path className="accent" d="M98 62V44m-6 6 6-6 6 6" />
    </>
  ),
  people: (
    <>
      <circle cx="60" cy="28" r="11" />
      <path d="M38 66c2-14 10-20 22-20s20 6 22 20" />
      <path
        className="soft"
        d="M30 34a8 8 0 1 1 4-14M90 34a8 8 0 1 0-4-14M18 60c1-9 5-14 12-16M102 60c-1-9-5-14-12-16"
      />
      <path className="accent" d="M60 24v8M56 28h8" />
    </>
  ),
  chart: (
    <>
      <path d="M20 10v58h82" />
      <path className="soft" d="M36 30v26M60 22v24M84 14v22" />
      <circle className="fill" cx="36" cy="44" r="4" />
      <circle className="fill" cx="60" cy="32" r="4" />
      <circle className="fill" cx="84" cy="24" r="4" />
    </>
  ),
  search: (
    <>
      <circle cx="54" cy="36" r="22" />
      <path d="m70 52 18 18" />
      <path className="soft" d="M42 30h24M42 38h16" />
      <circle className="fill" cx="92" cy="20" r="3" />
    </>
  ),
  done: (
    <>
      <circle cx="60" cy="40" r="26" />
      <path className="accent" d="m48 41 9 9 16-19" />
      <path className="soft" d="M16 40h10M94 40h10M60 4v4M60 72v4" />
    </>
  ),
  broken: (
    <>
      <path d="M14 44h26l6-16 10 32 8-22 4 6h8" />
      <path className="soft" d="M84 44h4m6 0h4m6 0h2" />
      <circle className="fill" cx="80" cy="44" r="3" />
    </>
  ),
  lock: (
    <>
      <rect x="38" y="34" width="44" height="34" rx="4" />
      <path d="M47 34V24a13 13 0 0 1 26 0v10" />
      <path className="accent" d="M60 46v10" />
      <path className="soft" d="M14 68h14M92 68h14" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type PictureName = keyof typeof pictures;

export function Picture({ name }: { name: PictureName }) {
  return (
    <svg className="kz-picture" width="120" height="80" viewBox="0 0 120 80" fill="none" aria-hidden="true">
      {pictures[name]}
    </svg>
  );
}
