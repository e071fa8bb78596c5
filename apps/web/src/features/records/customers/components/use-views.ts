import type { SavedView } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useToast } from '../../../../ui/toast.js';
import { useColumns, type GridColumn } from '../../../../ui/data-grid/grid-columns.js';
import {
  useChangeView,
  useCreateView,
  useDeleteView,
  viewsQuery,
  type ViewInput,
} from '../api/saved-views.js';
import { isNarrowed, searchOfState, showsState, stateOf, type CustomersSearch } from '../customers-search.js';
import { readDefaultView, writeDefaultView } from '../default-view.js';
import { useWords } from '../words.js';
import { gridId } from './register-columns.js';

interface ViewsInput<Row> {
  search: CustomersSearch;
  onSearch: (change: Partial<CustomersSearch>, options?: { replace?: boolean }) => void;
  columns: readonly GridColumn<Row>[];
}

/** Saved views of the register: what each shows, which is shown, and what can be done with them. */
export function useViews<Row>({ search, onSearch, columns }: ViewsInput<Row>) {
  const t = useWords();
  const toast = useToast();
  const query = useQuery(viewsQuery);
  const views = query.data ?? [];
  const create = useCreateView();
  const change = useChangeView();
  const remove = useDeleteView();
  const { choice, keep } = useColumns(gridId, columns);
  const [defaultId, setDefaultId] = useState(readDefaultView);
  const current = views.find((view) => view.savedViewId === search.view);

  const show = (view: SavedView, options?: { replace?: boolean }) => {
    const kept = view.state['columns'];
    if (typeof kept === 'object' && kept !== null) keep(kept);
    onSearch({ ...searchOfState(view.state), view: view.savedViewId }, options);
  };
  const state = () => ({ ...stateOf(search), columns: choice });
  const failed = { onError: (error: unknown) => toast.failed(error) };

  useDefaultView(query.data, defaultId, search, (view) => show(view, { replace: true }));
  return {
    query,
    views,
    current,
    /** The list has been narrowed or sorted otherwise since the view was chosen. */
    isChanged: current !== undefined && !showsState(search, current.state),
    /** The link names a view that is not there any more, or is not shared any more. */
    isGone: search.view !== undefined && query.isSuccess && !query.isFetching && current === undefined,
    defaultId,
    show,
    save: (input: Omit<ViewInput, 'state'>, done: () => void) =>
      create.mutate(
        { ...input, state: state() },
        {
          ...failed,
          onSuccess: (view) => {
            done();
            onSearch({ view: view.savedViewId }, { replace: true });
            toast.done(t('customers.view.saved', { name: view.name }));
          },
        },
      ),
    isSaving: create.isPending,
    update: (view: SavedView) =>
      change.mutate(
        { savedViewId: view.savedViewId, state: state() },
        {
          ...failed,
          onSuccess: () =>
            toast.undo(t('customers.view.updated', { name: view.name }), () =>
              change.mutateAsync({ savedViewId: view.savedViewId, state: view.state }),
            ),
        },
      ),
    edit: (view: SavedView, part: Partial<ViewInput>) =>
      change.mutate({ savedViewId: view.savedViewId, ...part }, failed),
    remove: (view: SavedView) =>
      remove.mutate(view, {
        ...failed,
        onSuccess: () => {
          if (search.view === view.savedViewId) onSearch({ view: undefined }, { replace: true });
          const { name, state: kept, isShared, teamId } = view;
          toast.undo(t('customers.view.deleted', { name }), () =>
            create.mutateAsync({ name, state: kept, isShared, teamId }),
          );
        },
      }),
    setDefault: (savedViewId: number | null) => {
      writeDefaultView(savedViewId);
      setDefaultId(savedViewId);
    },
  };
}

export type Views = ReturnType<typeof useViews>;

/** The default view is shown when the register is entered without a wish of its own: no filter, sort or view in the link. */
function useDefaultView(
  views: readonly SavedView[] | undefined,
  defaultId: number | null,
  search: CustomersSearch,
  show: (view: SavedView) => void,
) {
  const entered = useRef(false);
  useEffect(() => {
    if (entered.current || views === undefined) return;
    entered.current = true;
    const view = views.find((one) => one.savedViewId === defaultId);
    const hasWish = isNarrowed(search) || search.view !== undefined || search.sort !== '-clv';
    if (view && !hasWish) show(view);
  });
}
