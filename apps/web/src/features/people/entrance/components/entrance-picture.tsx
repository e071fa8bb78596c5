/** Customers by value, each with its whisker: the product's one picture. The numbers are drawn, not data. */
const customers = [
  [26, 118, 20],
  [58, 108, 24],
  [90, 112, 14],
  [122, 92, 26],
  [154, 84, 18],
  [186, 88, 30],
  [218, 62, 20],
  [250, 54, 28],
  [282, 40, 16],
  [314, 28, 20],
] as const;

export function Picture() {
  return (
    <svg viewBox="0 0 340 160" width="100%" aria-hidden="true" fill="none">
      <path d="M8 150h324" stroke="var(--kz-control)" strokeOpacity="0.5" />
      <path
        d="M26 118C70 106 110 108 154 84S230 60 314 28"
        stroke="var(--kz-accent)"
        strokeOpacity="0.25"
        strokeWidth="1.5"
        strokeDasharray="3 5"
      />
      {customers.map(([x, y, reach], index) => (
        <g key={x}>
          <path
            d={`M${x} ${y - reach}v${2 * reach}M${x - 4} ${y - reach}h8M${x - 4} ${y + reach}h8`}
            stroke="var(--kz-accent)"
            strokeOpacity="0.45"
            strokeWidth="1.5"
          />
          <circle cx={x} cy={y} r={4 + index * 0.5} fill="var(--kz-accent)" />
        </g>
      ))}
    </svg>
  );
}
