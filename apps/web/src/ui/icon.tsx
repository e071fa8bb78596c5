/** Line icons on a 20 px grid, one stroke width, round ends: drawn for Kezi so that rail, buttons and pictures are of one hand. */
const paths = {
  today: 'M4 5.5h12v11H4zM4 8.5h12M7.5 3.5v3M12.5 3.5v3M10 11v2.8l1.8 1',
  customers:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 9.3a2.6 2.6 0 1 0-.6-5M14.5 11.8c1.9.6 3 2.3 3 4.7',
  value: 'M10 3v14M7 3h6M7 17h6M13.2 9a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0Z',
  grading: 'M3.5 16.5v-4h4v4M7.500 16.500v-8h5v8M12.500 16.500v-12h4v12M2.500 16.500h15',
  action:
    'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM10 1.500v3M10 15.500v3M1.500 10h3M15.500 10h3',
  voice: 'M3 4.500h14v9h-7l-3.500 3v-3H3zM6.500 8h7M6.500 10.500h4',
  loyalty:
    'M3.500 8.500h13v8h-13zM2.500 5.500h15v3h-15zM10 5.500v11M10 5.500c-1.500-3-5-3.500-5-1.500 0 1.200 2 1.500 5 1.500ZM10 5.500c1.500-3 5-3.500 5-1.500 0 1.200-2 1.500-5 1.500Z',
  books: 'M4.500 3.500h9a2 2 0 0 1 2 2v11h-9a2 2 0 0 1-2-2zM4.500 14.500a2 2 0 0 1 2-2h9M7.500 6.500h5',
  reports: 'M4 2.500h8l4 4v11H4zM12 2.500v4h4M7 14.500v-3M10 14.500v-5M13 14.500v-2',
  settings:
    'M3 6h7M14 6h3M3 14h3M10 14h7M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  search: 'M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13.500 13.500 17 17',
  fold: 'M3 4.500h14v11H3zM7.500 4.500v11M13.500 8l-2 2 2 2',
  unfold: 'M3 4.500h14v11H3zM7.500 4.500v11M11.500 8l2 2-2 2',
  sun: 'M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100',
  moon: 'M16.500 12A7 7 0 0 1 8 3.500 7 7 0 1 0 16.500 12Z',
  system: 'M3 4h14v9.500H3zM7.500 16.500h5M10 13.500v3',
  language:
    'M2.500 5h8M6.500 3v2M9 5c-.6 3.200-2.800 6-6 7.500M4.500 7.500c1 2.200 2.900 4 5 5M10 17l3.500-8.500L17 17M11.200 14.500h4.600',
  bell: 'M5 13.500V9a5 5 0 0 1 10 0v4.500l1.500 1.500h-13zM8.500 17h3',
  user: 'M10 10a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM3.500 17c.4-3.300 2.900-5 6.500-5s6.100 1.700 6.500 5',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  down: 'M5.500 8l4.500 4.500L14.500 8',
  up: 'M5.500 12 10 7.500l4.500 4.500',
  left: 'M12 5.500 7.500 10l4.500 4.500',
  right: 'M8 5.500l4.500 4.500L8 14.500',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'M4 10.500l4 4 8-9',
  plus: 'M10 4v12M4 10h12',
  warning: 'M10 3.500 17.500 16.500h-15zM10 8.500v3.500M10 14.300v.1',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.200v4M10 6.700v.1',
  file: 'M5 2.500h7l3.500 3.500v11.500H5zM12 2.500V6h3.500',
  upload: 'M10 13V3.500M6.500 7 10 3.500 13.500 7M3.500 12.500v4h13v-4',
  download: 'M10 3.500V13M6.500 9.500 10 13l3.500-3.500M3.500 12.500v4h13v-4',
  columns: 'M3 4h14v12H3zM7.700 4v12M12.300 4v12',
  table: 'M3 4h14v12H3zM3 8h14M3 12h14M9 8v8',
  chart: 'M3.500 3.500v13h13M6.500 13l3.500-4 2.500 2 4-5',
  key: 'M7 13a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM10.500 9.500H17v3M14 9.500v2',
  open: 'M8 4H4v12h12v-4M11.500 3.500h5v5M16.500 3.500 9 11',
  copy: 'M7 7h9.500v9.500H7zM4 13V3.500h9.500',
  trash: 'M3.500 5.500h13M8 5.500v-2h4v2M5 5.500l.8 11h8.400l.8-11M8.500 8.500v5M11.500 8.500v5',
  edit: 'M3.500 16.500l.8-3.600L13.200 4l2.800 2.800-8.900 8.900zM11.500 5.700l2.800 2.800',
  team: 'M10 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM10 8v3M4.500 17v-3.500h11V17M10 11v2.500',
  building: 'M4 17V3.500h8V17M12 8h4v9M2.500 17h15M6.500 6.500h3M6.500 9.500h3M6.500 12.500h3',
  history: 'M4 10a6.500 6.500 0 1 1 2 4.700M4 10l-1.500-2M4 10l2-1.600M10.500 6.500V10l2.500 1.500',
  play: 'M6.500 4.500v11l9-5.500z',
  stop: 'M5.500 5.500h9v9h-9z',
  refresh: 'M16 8.500A6.500 6.500 0 1 0 16.500 11M16.500 4v4.500H12',
  keyboard:
    'M2.500 5.500h15v9h-15zM5.500 8.500h.01M8.500 8.500h.01M11.500 8.500h.01M14.500 8.500h.01M6.500 11.700h7',
  leave: 'M8 3.500H4v13h4M12 6.500l3.500 3.500-3.500 3.500M15 10H7.500',
} as const;

export type IconName = keyof typeof paths;

interface IconProps {
  name: IconName;
  size?: number;
  className?: string | undefined;
}

/** Decoration only: the words stand beside it or in the button's label. */
export function Icon({ name, size = 18, className }: IconProps) {
  const heavy = name === 'more' || name === 'keyboard';
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={heavy ? 1.8 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
