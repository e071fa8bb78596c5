import { setPreferences, usePreferences } from '../../../../lib/preferences.js';
import type { Language } from '../../../../lib/preferences.js';
import { changeLanguage } from '../../../../lib/words.js';
import styles from './entrance-frame.module.css';

const other: Record<Language, { id: Language; name: string }> = {
  'zh-CN': { id: 'en-US', name: 'English' },
  'en-US': { id: 'zh-CN', name: '中文' },
};

export function LanguageSwitch() {
  const { id, name } = other[usePreferences().language];
  const change = async () => {
    setPreferences({ language: id });
    await changeLanguage(id);
    document.documentElement.lang = id;
  };
  return (
    <button type="button" lang={id} className={styles['language']} onClick={() => void change()}>
      {name}
    </button>
  );
}
