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
  document.documentElement.lang = chosen.language === 'en-US' ? 'en-US' : 'zh-CN';
})();
