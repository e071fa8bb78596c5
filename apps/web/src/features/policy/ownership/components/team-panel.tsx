import {
  memberRoles,
  shareAccess,
  type CustomerMember,
  type MemberRole,
  type ShareAccess,
} from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { ColleagueSelect } from '../../../../ui/colleague-select.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { customerTeamQuery, useRemoveMember, useSaveMember } from '../api/customer-team.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';

/** Who works on the customer beside its owner, and as what. */
export function TeamPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(customerTeamQuery(customerId));
  const isWriter = useCan('customers:write');
  return (
    <Panel title={t('ownership.team')} hint={t('ownership.teamHint')} padding="none">
      <QueryView query={query} skeleton={<SkeletonLines n={2} />}>
        {({ items, mayChange }) => (
          <>
            {items.length === 0 ? (
              <p className={`${styles['item']} ${styles['faint']}`}>{t('ownership.teamNone')}</p>
            ) : (
              <ul className={styles['list']}>
                {items.map((member) => (
                  <Member
                    key={member.userId}
                    customerId={customerId}
                    member={member}
                    mayWrite={isWriter && mayChange}
                  />
                ))}
              </ul>
            )}
            {isWriter && mayChange ? <AddMember customerId={customerId} members={items} /> : null}
          </>
        )}
      </QueryView>
    </Panel>
  );
}

function useChoices() {
  const t = useWords();
  return {
    roles: memberRoles.map((value) => ({ value, label: t(`ownership.role.${value}`) })),
    accesses: shareAccess.options.map((value) => ({ value, label: t(`ownership.access.${value}`) })),
  };
}

interface MemberProps {
  customerId: number;
  member: CustomerMember;
  mayWrite: boolean;
}

function Member({ customerId, member, mayWrite }: MemberProps) {
  const t = useWords();
  const toast = useToast();
  const { roles, accesses } = useChoices();
  const save = useSaveMember(customerId);
  const remove = useRemoveMember(customerId);
  const { userId, role, access, note, rowVersion } = member;
  const name = member.name ?? t('ownership.someoneElse');
  const drop = () =>
    remove.mutate(member, {
      onSuccess: () =>
        toast.undo(t('ownership.memberRemoved', { name }), () =>
          save.mutateAsync({ userId, role, access, note }),
        ),
      onError: (error) => toast.failed(error),
    });
  const change = (next: { role?: MemberRole; access?: ShareAccess }) =>
    save.mutate({ userId, role, note, rowVersion, ...next }, { onError: (error) => toast.failed(error) });
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
                onChange={(next) => change({ role: next })}
              />
              <Select<ShareAccess>
                size="small"
                aria-label={t('ownership.accessOf', { name })}
                value={access}
                options={accesses}
                disabled={save.isPending}
                popupMatchSelectWidth={false}
                onChange={(next) => change({ access: next })}
              />
              <IconButton icon="trash" label={t('ownership.removeMember', { name })} onClick={drop} />
            </>
          ) : (
            `${t(`ownership.role.${role}`)} · ${t(`ownership.access.${access}`)}`
          )}
        </span>
      </div>
    </li>
  );
}

function AddMember({ customerId, members }: { customerId: number; members: readonly CustomerMember[] }) {
  const t = useWords();
  const toast = useToast();
  const { roles, accesses } = useChoices();
  const save = useSaveMember(customerId);
  const [userId, setUserId] = useState<number>();
  const [role, setRole] = useState<MemberRole>('support');
  const [access, setAccess] = useState<ShareAccess>('edit');
  const add = () => {
    if (userId === undefined) return;
    save.mutate(
      { userId, role, access },
      { onSuccess: () => setUserId(undefined), onError: (error) => toast.failed(error) },
    );
  };
  return (
    <div className={styles['item']}>
      <div className={styles['line']}>
        <ColleagueSelect
          aria-label={t('ownership.colleague')}
          placeholder={t('ownership.colleague')}
          value={userId}
          except={members.map((member) => member.userId)}
          onChange={setUserId}
        />
        <Select<MemberRole>
          aria-label={t('ownership.role')}
          value={role}
          options={roles}
          popupMatchSelectWidth={false}
          onChange={setRole}
        />
        <Select<ShareAccess>
          aria-label={t('ownership.access')}
          value={access}
          options={accesses}
          popupMatchSelectWidth={false}
          onChange={setAccess}
        />
        <Button disabled={userId === undefined} loading={save.isPending} onClick={add}>
          {t('ownership.addMember')}
        </Button>
      </div>
    </div>
  );
}
