/** The mark: an estimate with its whisker, in a seal. The product never shows a bare forecast, nor does its sign. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--kz-accent)" />
      <path
        d="M16 5v22M11.5 5h9M11.5 27h9"
        stroke="var(--kz-on-accent)"
        strokeOpacity="0.72"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="16" cy="14" r="5" fill="var(--kz-on-accent)" />
    </svg>
  );
}
