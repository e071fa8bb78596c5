import type { ContactRow } from '@kezi/contract';
import type { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import type { LatestDraft } from '../../../../lib/latest-draft.js';
import { TheirChanges } from '../../../../ui/their-changes.js';
import { useCommonWords } from '../../../../ui/words.js';
import type { ContactDraft } from '../contact-draft.js';
import { useWords } from '../words.js';

export type HeldContact = LatestDraft<ContactDraft>;

const wayWords = { phones: 'contacts.phone', mails: 'contacts.mail', wechat: 'contacts.wechat' } as const;

interface ContactChangesProps {
  contact: ContactRow;
  held: HeldContact;
  error: ApiError | null;
}

/** What somebody else has changed of a contact while it stood open. */
export function ContactChanges({ contact, held, error }: ContactChangesProps) {
  const t = useWords();
  const f = useFormats();
  const common = useCommonWords();
  const { decisionRole, influence, attitude, isPrimary, leftOn, birthday, ...texts } = held.opened;
  const labels: Record<keyof ContactDraft, string> = {
    name: t('contacts.name'),
    title: t('contacts.jobTitle'),
    department: t('contacts.department'),
    decisionRole: t('contacts.role'),
    influence: t('contacts.influence'),
    attitude: t('contacts.attitude'),
    reportsToId: t('contacts.reportsTo'),
    isPrimary: t('contacts.primary'),
    leftOn: t('contacts.leftDay'),
    birthday: t('contacts.birthday'),
    notes: t('contacts.notes'),
    ways: t('contacts.phone'),
  };
  const theirs: Record<keyof ContactDraft, string> = {
    ...texts,
    decisionRole: decisionRole === null ? '' : t(`contacts.role.${decisionRole}`),
    influence: influence === null ? '' : t(`contacts.influence.${influence as 1}`),
    attitude: attitude === null ? '' : t(`contacts.attitude.${attitude as 1}`),
    reportsToId: contact.reportsToName ?? '',
    isPrimary: common(isPrimary ? 'common.yes' : 'common.no'),
    leftOn: leftOn === null ? '' : f.date(leftOn),
    birthday: birthday === null ? '' : f.date(birthday),
    ways: '',
  };
  // Phones and mails come masked with a newer version, so that only their names can be told.
  const fields = String(error?.params['fields'] ?? '').split(', ');
  const isOwn = (way: keyof typeof wayWords) => held.draft.ways?.[way] !== held.opened.ways?.[way];
  const unseen = (['phones', 'mails', 'wechat'] as const).flatMap((way) =>
    fields.includes(way) && isOwn(way) ? [t(wayWords[way])] : [],
  );
  return <TheirChanges held={held} error={error} labels={labels} theirs={theirs} unseen={unseen} />;
}
