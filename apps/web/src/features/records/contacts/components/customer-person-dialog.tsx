import { useQuery } from '@tanstack/react-query';
import { useCan } from '../../../../lib/session.js';
import { Dialog } from '../../../../ui/dialog.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { customerNameQuery, type PersonSubject } from '../api/person.js';
import { useWords } from '../words.js';
import styles from './contacts.module.css';
import { ErasePart, ExportPart } from './person-parts.js';

interface CustomerPersonProps {
  customerId: number;
  onClose: () => void;
}

/** A customer who is a person: all of it for them, and the end of it. */
export default function CustomerPersonDialog({ customerId, onClose }: CustomerPersonProps) {
  const t = useWords();
  const mayErase = useCan('persons:erase');
  const query = useQuery(customerNameQuery(customerId));
  return (
    <Dialog open onClose={onClose} title={t('contacts.owner.title')} width={560}>
      <QueryView query={query} skeleton={<SkeletonLines n={4} />}>
        {(name) => {
          const person: PersonSubject = { kind: 'customers', id: customerId, customerId, name };
          return (
            <div className={styles['person']}>
              <p className={styles['faint']}>{t('contacts.owner.hint', { name })}</p>
              <ExportPart person={person} />
              {mayErase ? <ErasePart person={person} onErased={onClose} /> : null}
            </div>
          );
        }}
      </QueryView>
    </Dialog>
  );
}
