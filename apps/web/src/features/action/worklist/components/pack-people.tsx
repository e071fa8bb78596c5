import type { NegotiationPack } from '@kezi/contract';
import type { ReactNode } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './pack.module.css';

interface Part {
  title: string;
  lines: readonly (readonly [string, ReactNode])[];
}

function Lines({ title, lines }: Part) {
  return (
    <Panel title={title}>
      <ul className={styles['list']}>
        {lines.map(([key, line]) => (
          <li key={key}>{line}</li>
        ))}
      </ul>
    </Panel>
  );
}

/** What is open with the customer, who else sells there, who decides, and what was last spoken about. */
export function PackPeople({ pack }: { pack: NegotiationPack }) {
  const t = useWords();
  const f = useFormats();
  const say = useAnyWord();
  const words = useWarningWords();
  const joined = (parts: readonly (string | null)[]) =>
    parts.filter((part) => part !== null && part !== '').join(' · ');
  const parts: Part[] = [
    {
      title: t('pack.warnings'),
      lines: pack.warnings.map((warning) => [
        String(warning.warningId),
        <>
          <Tag tone="warn">{words.name(warning)}</Tag> {words.reason(warning)}
        </>,
      ]),
    },
    {
      title: t('pack.notes'),
      lines: pack.notes.map(({ kind, title, sharePercent, notedOn, detail }) => [
        `${kind} ${title}`,
        <>
          <Tag>{t(`pack.${kind}`)}</Tag>{' '}
          {joined([
            title,
            sharePercent === null ? null : f.percent(sharePercent / 100, 0),
            f.date(notedOn),
            detail,
          ])}
        </>,
      ]),
    },
    {
      title: t('pack.contacts'),
      lines: pack.contacts.map(({ name, title, decisionRole, influence, attitude }) => [
        `${name} ${title ?? ''}`,
        joined([
          name,
          title,
          decisionRole === null ? null : say(`alerts.role.${decisionRole}`),
          influence === null ? null : t('pack.influence', { influence }),
          attitude === null
            ? null
            : t('pack.attitude', { attitude: attitude > 0 ? `+${attitude}` : String(attitude) }),
        ]),
      ]),
    },
    {
      title: t('pack.talks'),
      lines: pack.interactions.map(({ on, kind, summary }, place) => [
        `${place} ${on}`,
        joined([f.date(on), t(`worklist.kind.${kind}`), summary]),
      ]),
    },
  ];
  const empty = parts.filter(({ lines }) => lines.length === 0).map(({ title }) => title);
  return (
    <>
      {parts
        .filter(({ lines }) => lines.length > 0)
        .map((part) => (
          <Lines key={part.title} {...part} />
        ))}
      {empty.length === 0 ? null : (
        <p className={styles['soft']}>{t('pack.nothing', { parts: empty.join(' · ') })}</p>
      )}
    </>
  );
}
