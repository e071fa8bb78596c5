export default {
  'tiers.workHours': 'Working hours',
  'tiers.workHoursHint':
    'Promised hours are counted within working hours alone. A change holds from the next request on; clocks that run keep their time.',
  'tiers.weekdays': 'Days of work',
  'tiers.weekday.1': 'Mon',
  'tiers.weekday.2': 'Tue',
  'tiers.weekday.3': 'Wed',
  'tiers.weekday.4': 'Thu',
  'tiers.weekday.5': 'Fri',
  'tiers.weekday.6': 'Sat',
  'tiers.weekday.7': 'Sun',
  'tiers.closedDays': 'Holidays',
  'tiers.openDays': 'Days worked in their place',
  'tiers.daysHint': 'Each written 2026-10-01, with blanks or lines between them.',
  'tiers.daysWrong': 'These are no days: {{days}}',
  'tiers.saveHours': 'Save the working hours',
  'tiers.spans': 'Hours of a day',
  'tiers.spanFrom': 'Stretch {{place}} from',
  'tiers.spanUntil': 'Stretch {{place}} until',
  'tiers.spanTo': 'to',
  'tiers.addSpan': 'Add a stretch',
  'tiers.removeSpan': 'Take stretch {{place}} away',
  'tiers.spansWrong':
    'Times are written 09:00; each stretch begins before it ends, and not before the one above has ended.',
  'tiers.takeDaysHint':
    'Days that were taken in can be changed one by one and count once the working hours are saved. A year that is not offered is typed or taken from a file when it has been announced.',
  'tiers.takeYear': 'Add the public holidays of {{year}} (China)',
  'tiers.takeFile': 'Add from a file',
  'tiers.takeFileHint':
    'Text or CSV, one day a line: the day, then closed or open. Such as 2027-01-01,closed',
  'tiers.daysTaken': 'Added {{closed}} holidays and {{open}} days of work; they count once you save',
  'tiers.daysUnread':
    'These lines of the file hold no day: {{lines}}. No day was added; mend them and choose the file again.',
};
