// Lists by keyboard: j and k move, Enter opens, w shows why, / goes to the filters, ? shows the keys.
// Rows carry data-row inside data-rows; the link that a row opens carries data-row-link (else its first link).

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function rows() {
  return [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent !== null);
}

function current() {
  return document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][data-current]");
}

function stand(row) {
  for (const other of document.querySelectorAll("[data-row][data-current]")) delete other.dataset.current;
  row.dataset.current = "";
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function move(distance) {
  const all = rows();
  if (all.length === 0) return;
  const place = all.indexOf(current());
  const next = place < 0 ? 0 : Math.min(Math.max(place + distance, 0), all.length - 1);
  stand(all[next]);
}

function open(row) {
  (row?.querySelector("[data-row-link]") ?? row?.querySelector("a[href]"))?.click();
}

function explain(row) {
  row?.querySelector("details.why > summary")?.click();
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  w: () => explain(current()),
  "/": () => {
    const field = document.querySelector("[data-filters] :is(input, select):not([type=hidden])");
    const fold = field?.closest("details");
    if (fold) fold.open = true;
    field?.focus();
  },
  "?": () => document.getElementById("shortcuts")?.showModal(),
};

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.matches("[data-row]")) {
      open(event.target);
      return;
    }
    const action = ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
