import { Button } from 'antd';
import { toApiError } from '../lib/api-error.js';
import type { ApiError } from '../lib/api-error.js';
import { useGo } from '../lib/navigate.js';
import { useErrorText } from './error-text.js';
import { Icon } from './icon.js';
import { useWayBack } from './page.js';
import { Picture } from './picture.js';
import styles from './states.module.css';
import { useCommonWords } from './words.js';

function Codes({ error }: { error: ApiError }) {
  const t = useCommonWords();
  return (
    <p className={styles['code']}>
      <span>
        {t('error.code')} <code>{error.code}</code>
      </span>
      {error.requestId === undefined ? null : (
        <span>
          {t('error.request')} <code>{error.requestId}</code>
        </span>
      )}
    </p>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** Takes the place of the page's body; otherwise a band above what still stands. */
  size?: 'page' | 'band';
}

/** What is not there, or not for this reader: to ask again changes nothing, so the way back is offered. */
function NotHere({ error, text }: { error: ApiError; text: string }) {
  const t = useCommonWords();
  const go = useGo();
  const back = useWayBack();
  const isRefused = error.status === 403;
  return (
    <div className={styles['state']} role="alert">
      <Picture name={isRefused ? 'lock' : 'search'} />
      <h2 className={styles['title']}>{t(isRefused ? 'right.title' : 'found.none')}</h2>
      <p className={styles['text']}>{text}</p>
      <div className={styles['actions']}>
        {back === undefined ? null : (
          <Button type="primary" onClick={() => go(back)}>
            {t('found.back')}
          </Button>
        )}
      </div>
      <Codes error={error} />
    </div>
  );
}

/** What happened, what to do, and a code to quote. */
export function ErrorState({ error, onRetry, size = 'page' }: ErrorStateProps) {
  const t = useCommonWords();
  const known = toApiError(error);
  const text = useErrorText()(error);
  const retry = onRetry ? <Button onClick={onRetry}>{t('common.retry')}</Button> : null;
  if (size === 'band') {
    return (
      <div className={styles['inline']} role="alert">
        <Icon name="warning" />
        <div className={styles['inline-text']}>
          <p>{text}</p>
          <Codes error={known} />
        </div>
        {retry}
      </div>
    );
  }
  // A limit that is used up is no missing right.
  const isLimit = known.code.startsWith('limits.');
  if ((known.status === 404 || known.status === 403) && !isLimit)
    return <NotHere error={known} text={text} />;
  return (
    <div className={styles['state']} role="alert">
      <Picture name="broken" />
      <h2 className={styles['title']}>{t('error.title')}</h2>
      <p className={styles['text']}>{text}</p>
      <div className={styles['actions']}>{retry}</div>
      <Codes error={known} />
    </div>
  );
}
