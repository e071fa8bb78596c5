import { later } from '../../../../ui/later.js';

/** Forms of the settings pages; each is needed once something is opened. */
export const editUser = later(() => import('./edit-user.js'));
export const newUserForm = later(() => import('./new-user-form.js'));
export const teamDialog = later(() => import('./team-dialog.js'));
export const newKeyDialog = later(() => import('./new-key-dialog.js'));

export const userParts = [editUser, newUserForm];
export const teamParts = [teamDialog];
export const keyParts = [newKeyDialog];
