import type zhCn from '../zh-CN/intake.js';

export default {
  'tabular.file_missing':
    'The file {{path}} cannot be opened. Please check that it is still there and may be read.',
  'tabular.pipe':
    'A file is read more than once, and {{path}} is standard input or a pipe. Please write the rows to a file and name that.',
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
  'imports.choice_unknown': '"{{text}}" is not one of the choices. It can be: {{choices}}.',
  'imports.amount_not_positive': 'The amount must be more than 0.',
  'imports.amount_negative': 'The amount must not be negative.',
  'imports.percent_unreadable': '"{{text}}" is not a percentage between 0 and 100.',
  'imports.contact_unknown':
    'This customer has no contact called "{{contact}}". Add or import the contact first, or correct the name.',
  'imports.contract_unknown':
    'This customer has no contract with the number {{contract}}. Add or import the contract first, or correct the number.',
  'imports.rate_missing':
    'There is no rate from {{currency}} to {{base}} on {{on}}. Add it in the settings first.',
  'imports.repeated_in_file': 'The number {{number}} stands twice in the file; line {{line}} has it already.',
  'imports.customer_not_available':
    'You cannot write a row with the customer number {{customer}}. Please ask your data administrator.',
  'imports.file_erased':
    'The file itself was deleted, as a person in it was erased. The records that it brought are there.',
  'imports.person_erased':
    'The data of this person was erased, and a file does not bring it back. If they agree anew, add them by hand.',
  'imports.number_not_available':
    'You may not write the row with number {{number}}. Please ask whoever looks after the data.',
  'imports.order_not_available':
    'You cannot write a row with the order number {{order}}. Please ask your data administrator.',
  'imports.order_of_two_customers':
    'Earlier lines of order {{order}} belong to customer {{customer}}; an order has one customer.',
  'imports.order_in_two_currencies':
    'Earlier lines of order {{order}} are in {{currency}}; an order has one currency.',
  'imports.owner_unknown': 'There is no owner "{{owner}}". Give the e-mail address or the exact name.',
  'imports.owner_ambiguous': 'Several people are called "{{owner}}". Give the e-mail address instead.',
  'imports.parent_not_available':
    'Customer {{customer}} is taken in without a parent: {{parent}} cannot be used as one.',
  'imports.parent_cycle':
    'Customer {{customer}} is taken in without a parent: it cannot be above itself, directly or through others.',
} satisfies Record<keyof typeof zhCn, string>;
