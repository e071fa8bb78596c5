import { useFormats } from '../lib/formats.js';
import { useRunningJobs } from '../lib/jobs.js';
import { AppLink, useGo } from '../lib/navigate.js';
import { useUnreadNotices } from '../lib/notices.js';
import { usePreferences } from '../lib/preferences.js';
import type { ThemeChoice } from '../lib/preferences.js';
import { useMaybeSession } from '../lib/session.js';
import { useAsOf } from '../ui/as-of.js';
import { Icon } from '../ui/icon.js';
import { MenuButton } from '../ui/menu-button.js';
import { JobLine } from './job-line.js';
import { signOut, switchLanguage, switchTheme } from './reader-actions.js';
import styles from './top-bar.module.css';
import { useWords } from './words.js';

const themes: ThemeChoice[] = ['light', 'dark', 'system'];
const themeIcons = { light: 'sun', dark: 'moon', system: 'system' } as const;

const languages = [
  { id: 'zh-CN', name: '简体中文' },
  { id: 'en-US', name: 'English' },
] as const;

export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const t = useWords();
  const f = useFormats();
  const asOf = useAsOf();
  return (
    <header className={styles['bar']}>
      <button type="button" className={styles['search']} onClick={onSearch} aria-label={t('app.search')}>
        <Icon name="search" />
        <span className={styles['long']}>{t('app.search')}</span>
        <span className={styles['short']}>{t('app.search_short')}</span>
        <kbd className={styles['keys']}>{navigator.platform.startsWith('Mac') ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <div className={styles['right']}>
        {asOf === undefined ? null : (
          <span className={styles['as-of']} title={t('app.as_of_hint')}>
            {t('app.as_of', { day: f.date(asOf) })}
          </span>
        )}
        <RunningJobs />
        <NoticeBell />
        <LanguageAndTheme />
        <UserMenu onKeys={onKeys} />
      </div>
    </header>
  );
}

function RunningJobs() {
  const t = useWords();
  const jobs = useRunningJobs();
  if (jobs.length === 0) return null;
  return (
    <MenuButton
      label={t('app.jobs', { count: jobs.length })}
      className={styles['jobs'] ?? ''}
      groups={[]}
      head={
        <div className={styles['job-list']}>
          <strong>{t('app.jobs_title')}</strong>
          {jobs.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </div>
      }
    >
      <span className={styles['pulse']} aria-hidden="true" />
      <span>{jobs.length}</span>
    </MenuButton>
  );
}

/** How much is unread, as it comes, and the way there. */
function NoticeBell() {
  const t = useWords();
  const unread = useUnreadNotices();
  return (
    <AppLink
      to="/notices"
      className={styles['bell'] ?? ''}
      aria-label={unread === 0 ? t('app.notices') : t('app.notices_unread', { count: unread })}
    >
      <Icon name="bell" />
      {unread === 0 ? null : <span className={styles['count']}>{unread > 99 ? '99+' : unread}</span>}
    </AppLink>
  );
}

function LanguageAndTheme() {
  const t = useWords();
  const { language, theme } = usePreferences();
  return (
    <>
      <MenuButton
        label={t('app.language')}
        className={styles['icon'] ?? ''}
        groups={[
          {
            id: 'languages',
            items: languages.map(({ id, name }) => ({
              id,
              label: <span lang={id}>{name}</span>,
              chosen: id === language,
              onChoose: () => void switchLanguage(id),
            })),
          },
        ]}
      >
        <Icon name="language" />
      </MenuButton>
      <MenuButton
        label={t('app.theme')}
        className={styles['icon'] ?? ''}
        groups={[
          {
            id: 'themes',
            items: themes.map((id) => ({
              id,
              label: t(`app.theme.${id}`),
              icon: themeIcons[id],
              chosen: id === theme,
              onChoose: () => void switchTheme(id),
            })),
          },
        ]}
      >
        <Icon name={themeIcons[theme]} />
      </MenuButton>
    </>
  );
}

function UserMenu({ onKeys }: { onKeys: () => void }) {
  const t = useWords();
  const go = useGo();
  const session = useMaybeSession();
  if (!session) return null;
  const initial = Array.from(session.name)[0] ?? '';
  return (
    <MenuButton
      label={t('app.account')}
      className={styles['user'] ?? ''}
      head={
        <div className={styles['who']}>
          <strong>{session.name}</strong>
          <span>{session.email}</span>
        </div>
      }
      groups={[
        {
          id: 'account',
          items: [
            {
              id: 'preferences',
              icon: 'user',
              label: t('app.preferences'),
              onChoose: () => go('/settings/me'),
            },
            { id: 'keys', icon: 'keyboard', label: t('app.keys'), onChoose: () => onKeys() },
          ],
        },
        {
          id: 'leave',
          items: [{ id: 'out', icon: 'leave', label: t('app.sign_out'), onChoose: () => void signOut() }],
        },
      ]}
    >
      <span className={styles['avatar']} aria-hidden="true">
        {initial}
      </span>
    </MenuButton>
  );
}
