// Light, dark or as the system. Kept in a cookie, so that the server writes it into the page before it is drawn.

const YEAR = 365 * 24 * 3600;

function chosen() {
  return document.documentElement.dataset.theme ?? "";
}

function choose(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  const age = theme ? YEAR : 0;
  document.cookie = `jianjing_theme=${theme}; path=/; max-age=${age}; samesite=lax`;
}

function show(group) {
  for (const button of group.querySelectorAll("[data-theme-value]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeValue === chosen()));
  }
}

export function watchTheme() {
  for (const group of document.querySelectorAll("[data-theme-switch]")) {
    group.hidden = false;
    show(group);
    group.addEventListener("click", (event) => {
      const button = event.target.closest("[data-theme-value]");
      if (!button) return;
      choose(button.dataset.themeValue);
      show(group);
    });
  }
}
