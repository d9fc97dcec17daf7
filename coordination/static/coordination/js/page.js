// What every page needs from the browser. Each part works alone and does nothing where its marks are missing.

import { watchDialogs } from "./dialogs.js";
import { keepDrafts } from "./drafts.js";
import { foldOnNarrow } from "./folds.js";
import { watchKeys } from "./keys.js";
import { closeMenus } from "./menus.js";
import { watchCopying } from "./copy.js";
import { watchTheme } from "./theme.js";

watchTheme();
foldOnNarrow();
watchKeys();
closeMenus();
watchDialogs();
watchCopying();
keepDrafts();

document.querySelector("[data-focus-first]")?.focus();
document.querySelector("[data-print]")?.removeAttribute("hidden");
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
