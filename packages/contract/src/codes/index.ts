export { countryCodes, countryName, isCountry } from './countries.js';
export { divisionOf, divisionsWithin, provinces, citiesOf, type DivisionEntry } from './divisions.js';
export {
  industryDivisions,
  industryOf,
  industrySections,
  industryWithin,
  sectionOf,
  type CodeEntry,
} from './industries.js';
