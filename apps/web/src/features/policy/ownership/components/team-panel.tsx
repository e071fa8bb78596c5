import { memberRoles, type CustomerMember, type MemberRole } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { customerTeamQuery, useRemoveMember, useSaveMember } from '../api/customer-team.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';
import { byLabel, useOwnerChoices } from './use-owner-choices.js';

/** Who works on the customer beside its owner, and as what. */
export function TeamPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(customerTeamQuery(customerId));
  const mayWrite = useCan('customers:write');
  return (
    <Panel title={t('ownership.team')} hint={t('ownership.teamHint')} padding="none">
      <QueryView query={query} skeleton={<SkeletonLines n={2} />}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <p className={`${styles['item']} ${styles['faint']}`}>{t('ownership.teamNone')}</p>
            ) : (
              <ul className={styles['list']}>
                {items.map((member) => (
                  <Member key={member.userId} customerId={customerId} member={member} mayWrite={mayWrite} />
                ))}
              </ul>
            )}
            {mayWrite ? <AddMember customerId={customerId} members={items} /> : null}
          </>
        )}
      </QueryView>
    </Panel>
  );
}

function useRoles() {
  const t = useWords();
  return memberRoles.map((value) => ({ value, label: t(`ownership.role.${value}`) }));
}

interface MemberProps {
  customerId: number;
  member: CustomerMember;
  mayWrite: boolean;
}

function Member({ customerId, member, mayWrite }: MemberProps) {
  const t = useWords();
  const toast = useToast();
  const roles = useRoles();
  const save = useSaveMember(customerId);
  const remove = useRemoveMember(customerId);
  const { userId, role, note, rowVersion } = member;
  const name = member.name ?? t('ownership.someoneElse');
  const drop = () =>
    remove.mutate(member, {
      onSuccess: () =>
        toast.undo(t('ownership.memberRemoved', { name }), () => save.mutateAsync({ userId, role, note })),
      onError: (error) => toast.failed(error),
    });
  return (
    <li className={styles['item']}>
      <div className={styles['line']}>
        <strong className={styles['name']}>{name}</strong>
        {member.teamName === null ? null : <span className={styles['faint']}>{member.teamName}</span>}
        <span className={`${styles['line']} ${styles['end']}`}>
          {mayWrite ? (
            <>
              <Select<MemberRole>
                size="small"
                aria-label={t('ownership.roleOf', { name })}
                value={role}
                options={roles}
                disabled={save.isPending}
                popupMatchSelectWidth={false}
                onChange={(next) =>
                  save.mutate(
                    { userId, role: next, note, rowVersion },
                    { onError: (error) => toast.failed(error) },
                  )
                }
              />
              <IconButton icon="trash" label={t('ownership.removeMember', { name })} onClick={drop} />
            </>
          ) : (
            t(`ownership.role.${role}`)
          )}
        </span>
      </div>
    </li>
  );
}

function AddMember({ customerId, members }: { customerId: number; members: readonly CustomerMember[] }) {
  const t = useWords();
  const toast = useToast();
  const roles = useRoles();
  const save = useSaveMember(customerId);
  const choices = useOwnerChoices().filter(({ value }) => !members.some((one) => one.userId === value));
  const [userId, setUserId] = useState<number | null>(null);
  const [role, setRole] = useState<MemberRole>('support');
  const add = () => {
    if (userId === null) return;
    save.mutate(
      { userId, role },
      { onSuccess: () => setUserId(null), onError: (error) => toast.failed(error) },
    );
  };
  return (
    <div className={styles['item']}>
      <div className={styles['line']}>
        <Select<number>
          showSearch={{ filterOption: byLabel }}
          aria-label={t('ownership.colleague')}
          placeholder={t('ownership.colleague')}
          style={{ minWidth: 160 }}
          value={userId}
          options={choices}
          onChange={setUserId}
        />
        <Select<MemberRole>
          aria-label={t('ownership.role')}
          value={role}
          options={roles}
          popupMatchSelectWidth={false}
          onChange={setRole}
        />
        <Button disabled={userId === null} loading={save.isPending} onClick={add}>
          {t('ownership.addMember')}
        </Button>
      </div>
    </div>
  );
}
