import { dayControl } from '../../../../ui/dates-fields.js';
import { later } from '../../../../ui/later.js';

/** What the register opens over itself; fetched when the pointer comes near its opener, at the latest at rest. */
export const customerView = later(() => import('./customer-view.js'));
export const newCustomerPanel = later(() => import('./new-customer-panel.js'));
export const bulkDialog = later(() => import('./bulk-dialog.js'));
export const viewsDialogs = later(() => import('./views-dialogs.js'));

export const registerParts = [customerView, newCustomerPanel, viewsDialogs, dayControl];
