/** From this instant on (seconds since 1970) the zone is this far ahead of UTC. */
interface ZoneOffset {
  fromSecond: number;
  offsetSeconds: number;
}

const FIRST_YEAR = 1970;
/** Rules for later years are not made yet; the last known one is carried on. */
const LAST_YEAR = 2040;

function offsetReader(timeZone: string): (second: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (second) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(second * 1000)) part[type] = Number(value);
    const local = Date.UTC(
      part['year']!,
      part['month']! - 1,
      part['day'],
      part['hour'],
      part['minute'],
      part['second'],
    );
    return local / 1000 - second;
  };
}

/**
 * Offsets of an IANA zone between 1970 and 2040, latest first; what lies before takes the earliest. The engine's own
 * time zones need 20 microseconds a row, this list a few nanoseconds. RangeError for a zone that does not exist.
 */
export function zoneOffsets(timeZone: string): ZoneOffset[] {
  const offsetAt = offsetReader(timeZone);
  const found: ZoneOffset[] = [];
  let second = Date.UTC(FIRST_YEAR, 0) / 1000;
  let offset = offsetAt(second);
  found.push({ fromSecond: second, offsetSeconds: offset });
  for (let month = 1; month <= (LAST_YEAR - FIRST_YEAR) * 12; month++) {
    const end = Date.UTC(FIRST_YEAR, month) / 1000;
    const after = offsetAt(end);
    if (after !== offset) {
      let [low, high] = [second, end];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (offsetAt(middle) === offset) low = middle;
        else high = middle;
      }
      found.push({ fromSecond: high, offsetSeconds: after });
      offset = after;
    }
    second = end;
  }
  return found.reverse();
}
