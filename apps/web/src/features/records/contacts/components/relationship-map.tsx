import type { ContactRow } from '@kezi/contract';
import { useCallback, useMemo } from 'react';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { attitudeColour, attitudeKey, attitudeSigns } from '../attitude.js';
import { layOutLines, type PlacedPerson } from '../lay-out-lines.js';
import { useWords } from '../words.js';

const rowHeight = 46;
const margin = 36;
/** Beyond this the picture is scrolled by the page; no canvas is taller. */
const tallest = 4000;

type Placed = PlacedPerson<ContactRow>;

interface RenderApi {
  value: (dimension: number) => number;
  coord: (point: [number, number]) => [number, number];
}

/** Diameter in pixels; somebody whose influence nobody has judged is drawn as one of some. */
const sizeOf = ({ influence }: ContactRow) => 14 + 4 * (influence ?? 3);

/** From each superior a bent line to everybody below. */
function linesSeries(kit: ChartKit, placed: readonly Placed[]): object {
  const of = new Map(placed.map((one) => [one.person.contactId, one]));
  const data = placed.flatMap(({ person, depth, row }) => {
    const above = person.reportsToId === null ? undefined : of.get(person.reportsToId);
    return above === undefined || above.depth >= depth ? [] : [[above.depth, above.row, depth, row]];
  });
  return {
    id: 'lines',
    type: 'custom',
    silent: true,
    encode: { x: [0, 2], y: [1, 3] },
    data,
    renderItem: (_: unknown, api: RenderApi) => {
      const [x1, y1] = api.coord([api.value(0), api.value(1)]);
      const [x2, y2] = api.coord([api.value(2), api.value(3)]);
      const middle = x2 - 24;
      return {
        type: 'polyline',
        shape: {
          points: [
            [x1, y1],
            [middle, y1],
            [middle, y2],
            [x2, y2],
          ],
        },
        style: { stroke: kit.tokens.control, fill: 'none', lineWidth: 1 },
      };
    },
  };
}

/** At most so many characters; what is cut ends with dots. */
function clip(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

function peopleSeries(kit: ChartKit, placed: readonly Placed[], longest: number): object {
  return {
    id: 'people',
    type: 'scatter',
    data: placed.map(({ person, depth, row }) => {
      const colour = person.leftOn === null ? kit.tokens[attitudeColour(person)] : kit.tokens.neutralSoft;
      return {
        name: person.name,
        value: [depth, row],
        symbol: 'circle',
        symbolSize: sizeOf(person),
        itemStyle: { color: colour, opacity: 1, borderColor: kit.tokens.surface, borderWidth: 2 },
        label: {
          formatter: `{name|${clip(person.name, longest)}} {sign|${attitudeSigns[attitudeKey(person)]}}\n{note|${clip(person.title ?? ' ', longest)}}`,
          color: person.leftOn === null ? kit.tokens.text : kit.tokens.textFaint,
        },
      };
    }),
    label: {
      show: true,
      position: 'right',
      distance: 6,
      padding: [0, 6, 0, 0],
      backgroundColor: kit.tokens.surface,
      rich: {
        name: { fontSize: 13, fontWeight: 600 },
        sign: { fontSize: 12, fontWeight: 600, color: kit.tokens.textSoft },
        note: { fontSize: 12, color: kit.tokens.textFaint, lineHeight: 16 },
      },
    },
  };
}

/** Who reports to whom, what they think of us, and how much they count. */
export function RelationshipMap({ contacts }: { contacts: readonly ContactRow[] }) {
  const t = useWords();
  const placed = useMemo(() => layOutLines(contacts), [contacts]);
  const rows = Math.max(1, ...placed.map((one) => one.row + 1));
  const depth = Math.max(0, ...placed.map((one) => one.depth));
  const height = Math.min(tallest, rows * rowHeight + margin);
  const option = useCallback(
    (kit: ChartKit) => ({
      grid: { left: 16, right: 8, top: 12, bottom: 12 },
      xAxis: { type: 'value', min: -0.1, max: depth + 0.95, show: false },
      yAxis: { type: 'value', min: -0.5, max: rows - 0.5, inverse: true, show: false },
      tooltip: { show: false },
      series: [linesSeries(kit, placed), peopleSeries(kit, placed, depth > 2 ? 5 : 9)],
    }),
    [placed, rows, depth],
  );
  return (
    <Panel title={t('contacts.map')} hint={t('contacts.mapHint')}>
      <Chart
        label={t('contacts.map')}
        describe={t('contacts.mapHint')}
        height={height}
        file="relationship-map"
        option={option}
        table={{
          columns: [
            { id: 'name', label: t('contacts.name') },
            { id: 'title', label: t('contacts.jobTitle') },
            { id: 'boss', label: t('contacts.reportsTo') },
            { id: 'role', label: t('contacts.role') },
            { id: 'influence', label: t('contacts.influence'), align: 'end' },
            { id: 'attitude', label: t('contacts.attitude') },
          ],
          rows: placed.map(({ person }) => [
            person.name,
            person.title ?? '',
            person.reportsToName ?? '',
            person.decisionRole === null ? '' : t(`contacts.role.${person.decisionRole}`),
            person.influence ?? '',
            t(`contacts.attitude.${attitudeKey(person)}`),
          ]),
        }}
      />
    </Panel>
  );
}
