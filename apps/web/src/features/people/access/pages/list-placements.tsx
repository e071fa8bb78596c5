import type { Placement, Team, User } from '@kezi/contract';
import { scopes } from '@kezi/contract';
import { Button, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { departmentsQuery, peopleQuery, placementQuery, usePlace } from '../api/access.js';
import styles from '../components/access.module.css';
import { useWords } from '../words.js';

const namesOf = (teams: readonly Team[], id: number | null) => teams.find((team) => team.id === id)?.name;

/** In which departments people are and whose customers they see; the administrator's page. */
export default function ListPlacements() {
  const t = useWords();
  const people = useQuery(peopleQuery);
  const teams = useQuery(departmentsQuery).data?.items ?? [];
  const [open, setOpen] = useState<User>();
  return (
    <Page title={t('access.placement')} subtitle={t('access.placement.hint')} width="reading">
      <Panel padding="none">
        <QueryView query={people} skeleton={<SkeletonLines n={6} />}>
          {({ items }) => (
            <div className={list['scroll']}>
              <table className={`${list['table']} ${list['cards']}`} aria-label={t('access.placement')}>
                <thead>
                  <tr>
                    <th scope="col">{t('access.placement.person')}</th>
                    <th scope="col">{t('access.placement.main')}</th>
                    <th scope="col">{t('access.placement.scope')}</th>
                    <th scope="col">
                      <span className="kz-unseen">{t('access.placement.edit')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((user) => (
                    <tr key={user.id}>
                      <td>{user.name}</td>
                      <td data-name={t('access.placement.main')}>
                        {namesOf(teams, user.teamId) ?? t('access.placement.none')}
                      </td>
                      <td data-name={t('access.placement.scope')}>{t(`access.scope.${user.scope}`)}</td>
                      <td data-align="end">
                        <Button size="small" onClick={() => setOpen(user)}>
                          {t('access.placement.edit')}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </QueryView>
      </Panel>
      {open === undefined ? null : (
        <PlacementDialog user={open} teams={teams} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

interface PlacementDialogProps {
  user: User;
  teams: readonly Team[];
  onClose: () => void;
}

function PlacementDialog({ user, teams, onClose }: PlacementDialogProps) {
  const t = useWords();
  const query = useQuery(placementQuery(user.id));
  const [draft, setDraft] = useState<Partial<Placement>>({});
  const c = useCommonWords();
  const f = useFormats();
  const toast = useToast();
  const place = usePlace(user.id);
  const save = () =>
    place.mutate(draft, {
      onSuccess: ({ customers }) => {
        toast.done(t('access.placement.saved', { name: user.name, count: f.decimal(customers, 0) }));
        onClose();
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('access.placement.title', { name: user.name })}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" loading={place.isPending} onClick={save}>
            {c('common.save')}
          </Button>
        </>
      }
    >
      <QueryView query={query} skeleton={<SkeletonLines n={5} />}>
        {(now) => (
          <FieldStack>
            <p className={styles['quiet']}>
              {t('access.placement.sees', { count: f.decimal(now.customers, 0) })}
            </p>
            <PlacementFields
              teams={teams}
              placement={{ ...now, ...draft }}
              isFixed={user.role === 'administrator'}
              onChange={(change) => setDraft({ ...draft, ...change })}
            />
            {place.isError ? <ErrorState error={place.error} size="band" /> : null}
          </FieldStack>
        )}
      </QueryView>
    </Dialog>
  );
}

interface PlacementFieldsProps {
  teams: readonly Team[];
  placement: Placement;
  /** An administrator sees all customers. */
  isFixed: boolean;
  onChange: (change: Partial<Placement>) => void;
}

function PlacementFields({ teams, placement, isFixed, onChange }: PlacementFieldsProps) {
  const t = useWords();
  const options = teams.map((team) => ({ value: team.id, label: team.name }));
  const chosenOf = (withBelow: boolean) =>
    placement.chosen.filter((one) => one.withBelow === withBelow).map((one) => one.teamId);
  const choose = (withBelow: boolean) => (ids: number[]) =>
    onChange({
      chosen: [
        ...placement.chosen.filter((one) => one.withBelow !== withBelow && !ids.includes(one.teamId)),
        ...ids.map((teamId) => ({ teamId, withBelow })),
      ],
    });
  const several = { mode: 'multiple' as const, showSearch: { optionFilterProp: 'label' }, options };
  return (
    <>
      <Field label={t('access.placement.main')} hint={t('access.placement.main_hint')}>
        <Select<number>
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={placement.teamId}
          placeholder={t('access.placement.none')}
          options={options}
          onChange={(teamId?: number) => onChange({ teamId: teamId ?? null })}
        />
      </Field>
      <Field label={t('access.placement.further')} optional>
        <Select<number[]>
          {...several}
          value={placement.teamIds}
          onChange={(teamIds) => onChange({ teamIds })}
        />
      </Field>
      <Field
        label={t('access.placement.scope')}
        hint={isFixed ? t('access.placement.scope_administrator') : undefined}
      >
        <Select<Placement['scope']>
          disabled={isFixed}
          value={placement.scope}
          options={scopes.map((scope) => ({ value: scope, label: t(`access.scope.${scope}`) }))}
          onChange={(scope) => onChange({ scope })}
        />
      </Field>
      {placement.scope === 'chosen' ? (
        <>
          <Field label={t('access.placement.chosen')}>
            <Select<number[]> {...several} value={chosenOf(true)} onChange={choose(true)} />
          </Field>
          <Field label={t('access.placement.chosen_only')}>
            <Select<number[]> {...several} value={chosenOf(false)} onChange={choose(false)} />
          </Field>
        </>
      ) : null}
    </>
  );
}
