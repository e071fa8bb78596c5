import menu from './menu.en-US.js';
import type zhCn from './zh-CN.js';

export default {
  ...menu,
  'fields.subtitle':
    'Fields of your own for customers: to filter by, import, export and change in bulk, and to hide from roles.',
  'fields.list': 'Fields in use',
  'fields.wall': 'Who sees them',
  'fields.new': 'New field',
  'fields.edit': 'Change "{{name}}"',
  'fields.name': 'Name in Chinese',
  'fields.nameMissing': 'Give it a name',
  'fields.nameEn': 'Name in English',
  'fields.kind': 'Kind',
  'fields.kindHint': 'The kind cannot be changed later.',
  'fields.kind.text': 'Text',
  'fields.kind.number': 'Number',
  'fields.kind.money': 'Amount',
  'fields.kind.date': 'Date',
  'fields.kind.choice': 'Choice',
  'fields.kind.person': 'Person',
  'fields.choices': 'Options',
  'fields.choicesHint': 'One a line. Customers keep an option that is taken away.',
  'fields.required': 'Must be filled in',
  'fields.requiredTag': 'Required',
  'fields.saved': '"{{name}}" saved',
  'fields.change': 'Change',
  'fields.retire': 'Take out of use',
  'fields.retired': '"{{name}}" is out of use; its values stay in the database',
  'fields.none': 'No custom fields yet',
  'fields.noneText':
    'For instance years of cooperation, framework amount or adviser. They appear on the customer page and in the register.',
} satisfies Record<keyof typeof zhCn, string>;
