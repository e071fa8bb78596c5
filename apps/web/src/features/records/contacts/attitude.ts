import type { ContactRow } from '@kezi/contract';
import type { Colours } from '../../../ui/tokens.js';

/** A sign beside the colour: nobody has to tell red from green. */
export const attitudeSigns = { '-2': '−−', '-1': '−', '0': '=', '1': '+', '2': '++', unknown: '?' } as const;
type AttitudeKey = keyof typeof attitudeSigns;

export function attitudeKey({ attitude }: Pick<ContactRow, 'attitude'>): AttitudeKey {
  return attitude === null ? 'unknown' : (String(attitude) as AttitudeKey);
}

const colourNames = {
  '-2': 'bad',
  '-1': 'warn',
  '0': 'control',
  '1': 'accent',
  '2': 'good',
  unknown: 'control',
} as const satisfies Record<AttitudeKey, keyof Colours>;

export function attitudeColour(contact: Pick<ContactRow, 'attitude'>): (typeof colourNames)[AttitudeKey] {
  return colourNames[attitudeKey(contact)];
}
