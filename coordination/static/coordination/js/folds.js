// On a telephone what is marked with data-folds begins folded, so that the page's answer stands above the fold.

const NARROW = "screen and (max-width: 720px)";

export function foldOnNarrow() {
  const folds = [...document.querySelectorAll("details[data-folds]")];
  if (window.matchMedia(NARROW).matches) {
    for (const fold of folds) fold.open = false;
  }
  // A link into a folded part unfolds it.
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target; part; part = part.parentElement) {
    if (part.matches("details")) part.open = true;
  }
}
