import type zhCn from '../zh-CN/people.js';

export default {
  'session.second_factor_missing':
    'Your role needs a second factor. Set one up under Settings > Security; then everything else opens.',
  'session.code_needed': 'Please enter the code of your authenticator, or a recovery code.',
  'session.code_refused':
    'The code is wrong, used or too old. Wait for the next one and try again, or use a recovery code.',
  'session.rate_limited':
    'Too many wrong attempts. Please try again in {{minutes}} min. A computer that you have used before is not held up by errors elsewhere; if it is urgent, ask an administrator.',
  'session.not_found': 'There is no such session; it may have ended already.',
  'session.second_factor_exists':
    'The second factor is on already. For another telephone, switch it off and on again.',
  'session.second_factor_not_found': 'There is no second factor that waits or is on.',
  'session.second_factor_forbidden':
    'Your role needs the second factor; it cannot be switched off. For another telephone, ask an administrator to reset it.',
  'session.sso_not_found': 'Single sign-on is not set up. Please sign in with your address and password.',
  'session.sso_unavailable':
    'The single sign-on service did not answer ({{reason}}). Try again later, or sign in with your password.',
  'session.sso_refused': 'Single sign-on could not be verified. Please sign in once more.',
  'session.sso_declined_refused':
    'You did not agree at the provider, so nothing was done. Sign in once more, or with your password.',
  'session.sso_issuer_unusable':
    '{{issuer}} cannot be used for single sign-on ({{reason}}). Check the address; nothing was saved.',
  'session.sso_unknown_refused':
    'This account is not known to Kezi, or its address is not verified. Ask an administrator to add a user with the same address.',
  'password.common':
    'This password is too common and soon guessed. A sentence that only you would say is safest.',
  'password.holds_name':
    'The password holds your name, your address or the name of the company, and is soon guessed. Please choose another.',
  'password.pattern':
    'The password repeats itself or follows the keyboard, and is soon guessed. Please choose another.',
  'password.digits':
    'A password of figures alone is soon guessed. Add letters; a sentence is easiest to remember.',
  'users.link_not_found':
    'There is no such link, or the account is disabled. See whether the link is whole, or ask an administrator.',
  'users.link_expired':
    'The link has run out. Ask an administrator for a new one; this one can be forgotten.',
  'users.link_used':
    'The link was used, or an administrator has made a newer one. If you have set a password, sign in; otherwise open the newest link.',
  'users.link_disabled': 'This person is disabled, so no link can be made. Enable them first.',
  'session.wrong_password': 'The address or the password is not right.',
  'setup.already_exists': 'There is an administrator already. Please sign in.',
  'setup.code_refused':
    'The one-time code is not right. Look for it in the terminal where the program was started.',
  'settings.time_zone_unknown': 'There is no time zone “{{timeZone}}”. Use a name such as Asia/Shanghai.',
  'settings.currency_fixed':
    'Orders have been booked in {{currency}}, so the base currency cannot change any more.',
  'settings.changed': 'Somebody else has just changed the settings. Reload and try again.',
  'users.not_found': 'There is no such person, or you may not see them.',
  'users.email_exists': 'The address {{email}} is in use already.',
  'users.team_unknown': 'The chosen department does not exist.',
  'users.changed': 'Somebody else has just changed this person. Reload and try again.',
  'users.last_administrator':
    'This is the last administrator, who cannot be disabled or demoted. Make somebody else an administrator first.',
  'users.administrator_scope':
    'An administrator sees all customers: who gets in, the audit and the rules concern everybody. For a narrower scope, choose another role.',
  'users.wrong_password': 'The current password is not right.',
  'teams.not_found': 'There is no such department.',
  'teams.name_exists': 'There is a department called “{{name}}” at the same level already.',
  'teams.changed': 'Somebody else has just changed this department. Reload and try again.',
  'teams.circle': 'A department cannot be moved below itself.',
  'teams.in_use': 'People, customers or departments still belong to this department. Move them first.',
  'keys.not_found': 'There is no such key.',
  'keys.unknown_unauthenticated': 'There is no such key. Check that all of it was copied, or make a new one.',
  'keys.revoked_unauthenticated': 'This key was revoked. Make a new one in Settings > API keys.',
  'keys.expired_unauthenticated': 'This key has run out. Make a new one in Settings > API keys.',
  'keys.disabled_unauthenticated':
    'The user of this key has been disabled. Use the key of somebody who works here.',
  'keys.past': 'The key would have run out already ({{moment}}). Choose a later day.',
  'keys.scope_forbidden':
    'You may not do {{scopes}} yourself, so a key of yours may not either. Leave it out.',
  'views.not_found': 'There is no such view, or somebody else made it.',
  'views.name_exists': 'You already have a view named "{{name}}". Please choose another name.',
  'audit.chain_holds': 'The chain of the audit holds: {{links}} links, nothing was changed.',
  'audit.entry_changed':
    'Entry {{entry}} of the audit was changed (link {{link}} of the chain does not fit). It is the first one. Keep everything as it is and look into it.',
  'audit.link_changed':
    'Link {{link}} of the chain (entry {{entry}}) is missing or was changed. It is the first one. Keep everything as it is and look into it.',
  'audit.entry_removed':
    'Entry {{entry}} of the audit was removed. It is the first one. Keep everything as it is and look into it.',
  'audit.entry_inserted':
    'Entry {{entry}} of the audit is not in the chain: it was put in past the program. Keep everything as it is and look into it.',
  'audit.head_missing':
    'The chain does not hold the link that you wrote down: {{head}}. The whole chain may have been made anew. Keep everything as it is and look into it.',
  'audit.head_unreadable':
    '"{{head}}" is no link of a chain. It is written as "number:hash of 64 hexadecimal digits", as the last check printed it as head.',
  'deputies.not_found': 'There is no such deputy.',
  'deputies.colleague_unknown': 'There is no such colleague, or their account is disabled. Choose another.',
  'deputies.self': 'You cannot stand in for yourself. Choose a colleague.',
  'deputies.order': 'The last day is before the first. Change one of them.',
  'deputies.exists':
    '{{name}} stands in on some of these days already ({{from}} to {{to}}). End that first, or choose other days.',
  'deputies.colleague_absent':
    '{{name}} is away themselves from {{from}} to {{to}} and has a deputy. What a deputy stands in for is not passed on: choose another colleague or other days.',
  'deputies.stands_in':
    'Whoever is to be absent stands in for {{name}} from {{from}} to {{to}}, and that is not passed on. Let {{name}} or an administrator choose somebody else for that first.',
  'deputies.past': 'The last day {{day}} is over. Choose today or later.',
  'placement.chosen_empty': 'The scope is "chosen departments": choose at least one.',
  'fields.restricted_forbidden':
    'Your role does not see this field, so it can neither be written nor searched, filtered or sorted by. Leave it out.',
  'limits.exported_refused':
    'You may export {{most}} rows a day and have exported {{used}}; this file has {{wanted}}. Narrow it down, come back tomorrow, or ask an administrator for more.',
  'limits.viewed_refused':
    'You may look at {{most}} customers and contacts a day and have looked at {{used}}; this page has {{wanted}}. Narrow it down, come back tomorrow, or ask an administrator for more.',
} satisfies Record<keyof typeof zhCn, string>;
