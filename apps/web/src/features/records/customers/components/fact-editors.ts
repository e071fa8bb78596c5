import { later } from '../../../../ui/later.js';

/** The inputs of facts: two thirds of the facts' script, and needed by those who edit alone. */
export const factControl = later(() => import('./fact-control.js'));
export const parentSelect = later(() => import('./parent-select.js'));

export const factEditors = [factControl, parentSelect];
