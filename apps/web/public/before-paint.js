// Runs before anything is drawn, so that a reader who chose dark never sees a white flash. Same keys as lib/preferences.ts.
(function () {
  var chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem('kezi.preferences') || '{}');
  } catch {
    chosen = {};
  }
  var dark =
    chosen.theme === 'dark' ||
    (chosen.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  var first = navigator.languages.find((one) => /^(zh|en)/i.test(one)) || 'zh';
  var english = chosen.language ? chosen.language === 'en-US' : /^en/i.test(first);
  document.documentElement.lang = english ? 'en-US' : 'zh-CN';
})();
